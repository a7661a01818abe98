"""One served company with somebody in every role."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.company import holdfast as command
from tests.debian import install

from holdfast.state.access import AccessRole

from .server import PASSWORD, Served, invited, join, log_in, served

OWNER, MANAGER, LEAD = "maja.zimmermann@quillhire.example", "lead.2@quillhire.example", "lead.1@quillhire.example"
"""An owner of accounts in the demo company, the manager of the other owner, and the owner's own manager."""


IN_POSTGRESQL = "HOLDFAST_TESTS_IN_POSTGRESQL"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; not for longer, as its driver keeps an event loop and Django refuses to work beside one."""
    if not shutil.which("chromium"):
        install("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def application(
    small_company: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Served]:
    """The small company, served; from PostgreSQL where the environment asks for it (see test_both_databases.py)."""
    root = tmp_path_factory.mktemp("served")
    folder = Path(shutil.copytree(small_company, root / "company"))
    if os.environ.get(IN_POSTGRESQL):
        settings = folder / "holdfast.yml"
        address = request.getfixturevalue("new_database")()
        settings.write_text(f"{settings.read_text(encoding='utf-8')}\ndatabase: {address}\n", encoding="utf-8")
        shutil.rmtree(folder / ".holdfast")
        command("run", "-w", str(folder), "--history", "3w")
    with served(folder, root / "log") as found:
        yield found


@pytest.fixture(scope="session")
def people(application: Served) -> dict[str, str]:
    """E-mail of somebody in every role."""
    mails = {role.value: f"{role.value}@office.example" for role in AccessRole}
    mails |= {"csm": OWNER, "manager": MANAGER}
    for role, mail in mails.items():
        link = application.link if role == "administrator" else invited(
            application.folder, role, mail, application.address)
        assert join(httpx.Client(timeout=60), link, mail).status_code == 302
    return mails


@pytest.fixture(scope="session")
def lead(application: Served, people: dict[str, str]) -> str:
    """The manager of the owner, who joins when a test first asks."""
    link = invited(application.folder, "manager", LEAD, application.address)
    assert join(httpx.Client(timeout=60), link, LEAD).status_code == 302
    return LEAD


@pytest.fixture(scope="session")
def browsers(application: Served, people: dict[str, str]) -> dict[str, httpx.Client]:
    """A logged-in client for every role."""
    return {role: log_in(application.address, mail) for role, mail in people.items()}


@pytest.fixture
def page(chromium: Browser, application: Served, people: dict[str, str]) -> Iterator[Page]:
    """A page of the administrator, who sees everything; it shows the worklist."""
    opened = chromium.new_page(viewport={"width": 1440, "height": 1000}, base_url=application.address)
    opened.set_default_timeout(60_000)
    opened.goto("/login/")
    opened.fill("[name=login]", people["administrator"])
    opened.fill("[name=password]", PASSWORD)
    opened.click("button.primary")
    opened.wait_for_url("**/worklist")
    yield opened
    opened.close()
