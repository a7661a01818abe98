"""The worklist in a real browser: a morning by keys alone, many at once, and the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .test_browser import complaints, serious


def key_at(page: Page) -> str:
    return page.locator("li.case.at").get_attribute("data-case") or ""


def shown(page: Page, key: str) -> None:
    """Wait until the panel shows a case."""
    page.wait_for_selector(f'#panel[data-for="{key}"]')


def test_a_case_is_cleared_and_brought_back_by_keys_alone(page: Page) -> None:
    said = complaints(page)
    first = page.locator("li.case").nth(0).get_attribute("data-case") or ""
    second = page.locator("li.case").nth(1).get_attribute("data-case") or ""
    page.keyboard.press("j")
    assert key_at(page) == first
    page.keyboard.press("j")
    shown(page, second)
    page.wait_for_url(f"**case={second}")
    page.keyboard.press("e")
    page.keyboard.press("3")
    page.wait_for_selector("#toast")
    assert "resolved as already known" in page.inner_text("#toast")
    assert page.locator(f'li[data-case="{second}"]').count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(f'li[data-case="{second}"]')
    assert "Taken back for 1 case." in page.inner_text(".said")
    assert not said


def test_a_key_pressed_before_the_panel_has_come_acts_on_the_chosen_case(page: Page) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    third = page.locator("li.case").nth(2)
    key, name = third.get_attribute("data-case"), third.locator("a.name").inner_text()
    page.route("**/worklist/panel/**", late)
    for press in ("j", "j", "j", "e", "1"):
        page.keyboard.press(press)
    page.wait_for_selector("#toast")
    assert page.inner_text("#toast").startswith(f"{name} resolved as acted")
    page.unroute("**/worklist/panel/**")
    page.keyboard.press("z")
    page.wait_for_selector(f'li[data-case="{key}"]')


def test_snooze_assign_and_log_open_by_their_letters(page: Page) -> None:
    page.keyboard.press("j")
    key = key_at(page)
    page.keyboard.press("l")
    page.keyboard.press("Tab")
    page.keyboard.type("they call back, j k e s")
    assert page.input_value("#panel textarea") == "they call back, j k e s"
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.name") == "to"
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.fill('[data-fold="s"] [name=reason]', "waits for the budget round")
    page.keyboard.press("Enter")
    page.wait_for_selector("#toast")
    assert page.locator(f'li[data-case="{key}"]').count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(f'li[data-case="{key}"]')


def test_enter_goes_to_the_account_and_escape_closes_the_panel(page: Page) -> None:
    page.keyboard.press("j")
    key = key_at(page)
    shown(page, key)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    with page.expect_request(f"**/accounts/{key}"):
        page.keyboard.press("Enter")


def test_the_list_of_keys_and_the_way_here(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/portfolio")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/worklist")


def test_many_are_selected_named_and_brought_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert re.match("2 selected: ", page.inner_text("[data-picked]"))
    chosen = [box.get_attribute("value") for box in page.locator('li.case input[name="case"]:checked').all()]
    page.keyboard.press("e")
    page.keyboard.press("2")
    page.wait_for_selector("#toast")
    assert "2 cases resolved as not a risk" in page.inner_text("#toast")
    page.keyboard.press("z")
    for key in chosen:
        page.wait_for_selector(f'li[data-case="{key}"]')


def test_many_are_snoozed_by_keys_with_one_reason(page: Page) -> None:
    chosen = []
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
        chosen.append(key_at(page))
    page.keyboard.press("s")
    expect(page.locator("#bulk [name=until]")).to_be_focused()
    page.fill("#bulk [name=reason]", "waits for the budget round")
    page.keyboard.press("Enter")
    page.wait_for_selector("#toast")
    assert "2 cases snoozed until" in page.inner_text("#toast")
    page.click("#toast [data-undo]")
    for key in chosen:
        page.wait_for_selector(f'li[data-case="{key}"]')


def test_filter_by_slash_and_the_rows_do_not_move(page: Page) -> None:
    before = [row.get_attribute("data-case") for row in page.locator("li.case").all()]
    for _ in range(3):
        page.keyboard.press("j")
    assert [row.get_attribute("data-case") for row in page.locator("li.case").all()] == before
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=No case fits these filters")
    assert "q=zzzz" in page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_forms_are_accessible(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    page.keyboard.press("j")
    for letter in "sal":
        page.keyboard.press(letter)
        page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('#panel details').forEach((one) => { one.open = true; })")
    page.keyboard.press("x")
    assert not serious(page)


def test_on_a_phone_a_case_opens_alone_and_closes_to_the_list(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/worklist")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("li.case a.name").first.click()
    page.wait_for_url("**case=*")
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator(".queue")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate("[...document.querySelectorAll('.acts button')].filter((b) => b.offsetHeight < 44).length")
    assert small == 0 or page.locator(".acts details button").count() >= small
    assert not serious(page)
    page.click("a.shut")
    expect(page.locator(".queue")).to_be_visible()
