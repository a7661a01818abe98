"""An account page on paper: one sheet with what belongs on it, in Debian's Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

SHEET = {"h-why", "h-change", "h-green", "h-people", "h-steps"}


def test_an_account_is_one_sheet(page: Page) -> None:
    page.goto("/accounts")
    links = [str(link.get_attribute("href")) for link in page.locator("table.pick tbody th a").all()]
    for path in (links[0], links[-1]):
        page.goto(path)
        page.emulate_media(media="screen", color_scheme="dark")
        assert page.locator(".card h2").count() > len(SHEET)
        page.emulate_media(media="print")
        shown = [h.get_attribute("id") for h in page.locator(".card h2").all() if h.is_visible()]
        assert set(shown) == SHEET
        for hidden in ("nav.side", "form >> nth=0", "button >> nth=0", ".since-form", ".why .inside >> nth=0"):
            expect(page.locator(hidden)).to_be_hidden()
        for seen in ("h1", ".strip .chip", "details.asof summary"):
            expect(page.locator(seen).first).to_be_visible()
        made = page.pdf(prefer_css_page_size=True, print_background=True)
        assert re.findall(rb"/Count (\d+)", made) == [b"1"], path
    page.emulate_media(media="screen")


def test_the_button_for_one_page_prints(page: Page) -> None:
    page.goto("/accounts")
    page.goto(str(page.locator("table.pick tbody th a").first.get_attribute("href")))
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("[data-print]")
    assert page.evaluate("window.printed")
