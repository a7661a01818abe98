"""A manager's morning in a real browser: the time to answer ran out, the worker drew the manager in, who takes over."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import LEAD
from .server import PASSWORD, Served
from .test_browser import complaints

TOLD = """
import sys
from holdfast.pipeline.site import Site
Site(sys.argv[1]).open_state()
from holdfast.state.case import Case
print(*(case.key for case in Case.objects.exclude(state="closed") if sys.argv[2] in case.escalated_to))
"""


def asked(code: str, *words: str) -> str:
    """What a program says that looks into the state from outside."""
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def late(application: Served, request: pytest.FixtureRequest) -> str:
    """A case that nobody answered in time, once the worker has told the manager of its owner, who then joins."""
    for _ in range(60):
        if found := asked(TOLD, str(application.folder), LEAD):
            break
        time.sleep(0.5)
    assert found, "the worker told nobody"
    request.getfixturevalue("lead")
    return found.split()[0]


@pytest.fixture
def desk(late: str, chromium: Browser, application: Served) -> Iterator[Page]:
    """The manager's worklist."""
    opened = chromium.new_page(viewport={"width": 1440, "height": 1000}, base_url=application.address)
    opened.set_default_timeout(60_000)
    opened.goto("/login/")
    opened.fill("[name=login]", LEAD)
    opened.fill("[name=password]", PASSWORD)
    opened.click("button.primary")
    opened.wait_for_url("**/worklist")
    yield opened
    opened.close()


def test_the_manager_finds_who_was_too_late_and_takes_the_case_over(desk: Page, late: str) -> None:
    said = complaints(desk)
    row = desk.locator(f'li[data-case="{late}"]')
    expect(row).to_contain_text("Escalated")
    expect(row).to_contain_text("over")
    while desk.locator("li.case.at").count() == 0 or desk.locator("li.case.at").get_attribute("data-case") != late:
        desk.keyboard.press("j")
    desk.wait_for_selector(f'#panel[data-for="{late}"]')
    expect(desk.locator("#panel")).to_contain_text("Escalated")
    desk.keyboard.press("a")
    desk.locator('[data-fold="a"] [name=to]').select_option(LEAD)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#toast")
    expect(row).not_to_contain_text("No owner")
    desk.goto(f"/cases/{late}")
    expect(desk.locator("main")).to_contain_text(f"Assigned to {LEAD}")
    expect(desk.locator("main")).to_contain_text(f"Escalated to {LEAD}: nobody has acted in time")
    assert not said
