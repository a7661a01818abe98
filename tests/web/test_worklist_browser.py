"""The worklist in a real browser: a morning by keys alone, many at once, and the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .server import PASSWORD, Served
from .test_browser import complaints, serious


@pytest.fixture
def desk(chromium: Browser, application: Served, people: dict[str, str]) -> Iterator[Page]:
    """The worklist of the administrator, who sees every case."""
    opened = chromium.new_page(viewport={"width": 1440, "height": 1000}, base_url=application.address)
    opened.set_default_timeout(60_000)
    opened.goto("/login/")
    opened.fill("[name=login]", people["administrator"])
    opened.fill("[name=password]", PASSWORD)
    opened.click("button.primary")
    opened.wait_for_url("**/worklist")
    yield opened
    opened.close()


def key_at(page: Page) -> str:
    return page.locator("li.case.at").get_attribute("data-case") or ""


def shown(page: Page, key: str) -> None:
    """Wait until the panel shows a case."""
    page.wait_for_selector(f'#panel[data-for="{key}"]')


def test_a_case_is_cleared_and_brought_back_by_keys_alone(desk: Page) -> None:
    said = complaints(desk)
    first = desk.locator("li.case").nth(0).get_attribute("data-case") or ""
    second = desk.locator("li.case").nth(1).get_attribute("data-case") or ""
    desk.keyboard.press("j")
    assert key_at(desk) == first
    desk.keyboard.press("j")
    shown(desk, second)
    desk.wait_for_url(f"**case={second}")
    desk.keyboard.press("e")
    desk.keyboard.press("3")
    desk.wait_for_selector("#toast")
    assert "resolved as already known" in desk.inner_text("#toast")
    assert desk.locator(f'li[data-case="{second}"]').count() == 0
    desk.keyboard.press("z")
    desk.wait_for_selector(f'li[data-case="{second}"]')
    assert "Taken back for 1 case." in desk.inner_text(".said")
    assert not said


def test_a_key_pressed_before_the_panel_has_come_acts_on_the_chosen_case(desk: Page) -> None:
    def late(route: Route) -> None:
        desk.wait_for_timeout(700)
        route.continue_()

    third = desk.locator("li.case").nth(2)
    key, name = third.get_attribute("data-case"), third.locator("a.name").inner_text()
    desk.route("**/worklist/panel/**", late)
    for press in ("j", "j", "j", "e", "1"):
        desk.keyboard.press(press)
    desk.wait_for_selector("#toast")
    assert desk.inner_text("#toast").startswith(f"{name} resolved as acted")
    desk.unroute("**/worklist/panel/**")
    desk.keyboard.press("z")
    desk.wait_for_selector(f'li[data-case="{key}"]')


def test_snooze_assign_and_log_open_by_their_letters(desk: Page) -> None:
    desk.keyboard.press("j")
    key = key_at(desk)
    desk.keyboard.press("l")
    desk.keyboard.press("Tab")
    desk.keyboard.type("they call back, j k e s")
    assert desk.input_value("#panel textarea") == "they call back, j k e s"
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    assert desk.evaluate("document.activeElement.name") == "to"
    desk.keyboard.press("Escape")
    desk.keyboard.press("s")
    desk.fill('[data-fold="s"] [name=reason]', "waits for the budget round")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#toast")
    assert desk.locator(f'li[data-case="{key}"]').count() == 0
    desk.keyboard.press("z")
    desk.wait_for_selector(f'li[data-case="{key}"]')


def test_enter_goes_to_the_account_and_escape_closes_the_panel(desk: Page) -> None:
    desk.keyboard.press("j")
    key = key_at(desk)
    shown(desk, key)
    desk.keyboard.press("Escape")
    expect(desk.locator("#panel")).to_be_hidden()
    desk.keyboard.press("Enter")
    expect(desk.locator("#panel")).to_be_visible()
    with desk.expect_request(f"**/accounts/{key}"):
        desk.keyboard.press("Enter")


def test_the_list_of_keys_and_the_way_here(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.goto("/portfolio")
    desk.keyboard.press("g")
    desk.keyboard.press("w")
    desk.wait_for_url("**/worklist")


def test_many_are_selected_named_and_brought_back(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    assert re.match("2 selected: ", desk.inner_text("[data-picked]"))
    chosen = [box.get_attribute("value") for box in desk.locator('li.case input[name="case"]:checked').all()]
    desk.keyboard.press("e")
    desk.keyboard.press("2")
    desk.wait_for_selector("#toast")
    assert "2 cases resolved as not a risk" in desk.inner_text("#toast")
    desk.keyboard.press("z")
    for key in chosen:
        desk.wait_for_selector(f'li[data-case="{key}"]')


def test_filter_by_slash_and_the_rows_do_not_move(desk: Page) -> None:
    before = [row.get_attribute("data-case") for row in desk.locator("li.case").all()]
    for _ in range(3):
        desk.keyboard.press("j")
    assert [row.get_attribute("data-case") for row in desk.locator("li.case").all()] == before
    desk.keyboard.press("/")
    desk.keyboard.type("zzzz")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("text=No case fits these filters")
    assert "q=zzzz" in desk.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_forms_are_accessible(desk: Page, theme: str) -> None:
    desk.emulate_media(color_scheme=theme)
    desk.keyboard.press("j")
    for letter in "sal":
        desk.keyboard.press(letter)
        desk.keyboard.press("Escape")
    desk.evaluate("document.querySelectorAll('#panel details').forEach((one) => { one.open = true; })")
    desk.keyboard.press("x")
    assert not serious(desk)


def test_on_a_phone_a_case_opens_alone_and_closes_to_the_list(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto("/worklist")
    expect(desk.locator("#panel")).to_be_hidden()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    desk.locator("li.case a.name").first.click()
    desk.wait_for_url("**case=*")
    expect(desk.locator("#panel")).to_be_visible()
    expect(desk.locator(".queue")).to_be_hidden()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    small = desk.evaluate("[...document.querySelectorAll('.acts button')].filter((b) => b.offsetHeight < 44).length")
    assert small == 0 or desk.locator(".acts details button").count() >= small
    assert not serious(desk)
    desk.click("a.shut")
    expect(desk.locator(".queue")).to_be_visible()
