"""The pages in a real browser: nothing is blocked, nothing overflows, keys work, axe finds nothing serious."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAGES = ("/worklist", "/worklist?all=watch,later,snoozed", "/accounts", "/portfolio", "/scorecards",
         "/scorecards/health", "/signals", "/data", "/data/quarantine/of/csm_emails", "/people", "/audit",
         "/factor/", "/sessions/", "/password/change/")


def complaints(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(("http://127.0.0.1", "data:")) else
            said.append(f"asked {asked.url}"))
    return said


def serious(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]


def of_a_case(page: Page) -> list[str]:
    """The page of a case, and its document."""
    page.goto("/worklist")
    key = page.get_attribute("li.case", "data-case")
    return [f"/cases/{key}", f"/cases/{key}/document"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_break_no_policy(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    said = complaints(page)
    page.goto("/accounts")
    first = page.get_attribute("table.pick tbody th a", "href")
    for path in (*PAGES, str(first), *of_a_case(page)):
        page.goto(path)
        assert not serious(page), path
    assert not said


def test_nothing_overflows_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/accounts")
    first = page.get_attribute("table.pick tbody th a", "href")
    for path in (*PAGES, str(first), *of_a_case(page)):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_from_the_list_to_an_account_and_back_by_keys_alone(page: Page) -> None:
    page.goto("/accounts")
    second = page.locator("table.pick tbody tr").nth(1).locator("th a").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*")
    assert page.locator("h1").inner_text() == second
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/portfolio")
    page.keyboard.press("Control+k")
    page.keyboard.type(second)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*")
    assert page.locator("h1").inner_text() == second
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/accounts")
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=No account fits these filters")


def test_letters_typed_into_a_field_are_letters(page: Page) -> None:
    page.goto("/accounts")
    page.fill("#filter", "")
    page.type("#filter", "gpjk?")
    assert page.input_value("#filter") == "gpjk?"
    assert page.url.endswith("/accounts")


def test_what_is_typed_about_an_account_is_accessible_and_a_note_needs_no_mouse(page: Page) -> None:
    said = complaints(page)
    page.goto("/accounts")
    first = str(page.get_attribute("table.pick tbody th a", "href"))
    page.goto(first)
    page.keyboard.press("n")
    page.keyboard.type("They asked for a review, j k n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}#notes")
    assert "They asked for a review, j k n" in page.inner_text("#notes")
    page.evaluate("document.querySelectorAll('.typed details').forEach((one) => { one.open = true; })")
    assert not serious(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not said


def test_the_document_of_a_case_prints_on_one_sheet(page: Page) -> None:
    page.goto(of_a_case(page)[1])
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1
