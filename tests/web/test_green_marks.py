"""The mark "green, investigated": with its expiry on page and worklist, kept in history, changing no number."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from holdfast.state.green_mark import GreenMark
from holdfast.web.green_marks import green_mark_panel

from .server import Served, company_day, post
from .test_rights import every_account

IN_A_MONTH = (company_day() + timedelta(days=30)).isoformat()
HOSTILE = "<script>alert(1)</script> Mrs Sandmann holds the budget"


@pytest.fixture(scope="module")
def accounts(application: Served) -> list[dict[str, Any]]:
    return every_account(application.folder)


def mark(client: httpx.Client, account: str, page: str = "", **values: str) -> httpx.Response:
    given = {"found": HOSTILE, "safe": "yes", "until": IN_A_MONTH} | values
    return post(client, f"/accounts/{account}/investigated", page=page or f"/accounts/{account}", **given)


def of_color(accounts: list[dict[str, Any]], green: bool) -> str:
    return next(a["account_id"] for a in accounts if (a["color"] == "green") is green and a["scored"])


def checks(served: Served, account: str) -> Any:
    words = [sys.executable, "-m", "holdfast", "account", account, "--json", "-w", str(served.folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["score"], found["green_checks"]


def test_a_mark_stands_with_its_expiry_and_the_earlier_one_is_kept(
    application: Served, browsers: Any, accounts: Any
) -> None:
    client, account = browsers["operations"], of_color(accounts, True)
    before = checks(application, account)
    assert "Nobody has investigated this green yet" in client.get(f"/accounts/{account}").text
    assert mark(client, account, found="The first look", safe="no").status_code == 302
    assert mark(client, account).headers["location"] == f"/accounts/{account}#green"
    page = client.get(f"/accounts/{account}").text
    panel = page[page.index('id="green"'):page.index("Investigated again")]
    assert re.search(r"investigated on \w{3} \d+ \w{3} \d{4} by operations@office.example:", panel)
    assert "holds until" in panel
    assert "The first look" in panel[panel.index("1 earlier"):]
    assert "&lt;script&gt;alert(1)" in panel
    assert "<script>" not in panel
    assert checks(application, account) == before


def test_who_does_not_see_personal_data_sees_the_verdict_only(browsers: Any, accounts: Any) -> None:
    account = of_color(accounts, True)
    mark(browsers["operations"], account)
    page = browsers["executive"].get(f"/accounts/{account}").text
    assert "holds until" in page
    assert "Sandmann" not in page
    assert "Investigated again" not in page
    assert mark(browsers["executive"], account, page="/accounts").status_code == 403


def test_only_a_green_account_of_the_own_scope_is_marked(browsers: Any, accounts: Any) -> None:
    other, green = of_color(accounts, False), of_color(accounts, True)
    answer = mark(browsers["operations"], other, page=f"/accounts/{green}", found="what was found")
    assert answer.status_code == 400
    assert "not green any more" in answer.text
    assert "what was found" in answer.text
    mine = re.search(r'href="/accounts/([^"/?]+)"', browsers["csm"].get("/accounts").text)
    assert mine is not None
    own = set(re.findall(r'href="/accounts/([^"/?]+)"', browsers["csm"].get("/accounts").text))
    foreign = next(a["account_id"] for a in accounts if a["color"] == "green" and a["account_id"] not in own)
    for account in (foreign, "no-such-account"):
        assert mark(browsers["csm"], account, page=f"/accounts/{mine.group(1)}").status_code == 404


@pytest.mark.parametrize("values", [
    {"safe": ""}, {"found": "  "}, {"until": ""}, {"until": "2020-01-01"},
    {"until": (company_day() + timedelta(days=400)).isoformat()}, {"found": "x" * 2_001},
])
def test_what_is_missing_is_said_and_nothing_is_kept(browsers: Any, accounts: Any, values: dict[str, str]) -> None:
    account = [a["account_id"] for a in accounts if a["color"] == "green"][1]
    assert mark(browsers["operations"], account, **values).status_code == 400
    assert "Nobody has investigated this green yet" in browsers["operations"].get(f"/accounts/{account}").text


def test_it_stands_on_the_row_of_the_worklist(browsers: Any, accounts: Any) -> None:
    client = browsers["operations"]
    page = client.get("/worklist?all=watch").text
    lane = page[page.index('id="h-unproven"'):]
    account = re.findall(r'data-case="([^"]+)"', lane)[0]
    assert mark(client, account, safe="no").status_code == 302
    page = client.get("/worklist?all=watch").text
    row = page[page.index(f'data-case="{account}"'):]
    assert "Not safe, to" in row[:row.index("</li>")]


def test_after_its_last_day_it_is_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    people = SimpleNamespace(people=())
    settings = SimpleNamespace(time_zone="Europe/Berlin")
    here: Any = SimpleNamespace(
        scope=SimpleNamespace(personal=True, areas={"cases"}),
        workspace=SimpleNamespace(
            site=SimpleNamespace(definitions=SimpleNamespace(people=people, settings=settings)),
            published=SimpleNamespace(kept=lambda name, make: make())))
    from holdfast.state.models import User

    one = GreenMark(account_id="a", found="x", safe=True, expires_on=date(2026, 3, 17), as_of=date(2026, 1, 1),
                    band="healthy", author=User(email="ana@x.test"), at=datetime(2026, 1, 2, 23, 30, tzinfo=UTC))
    said = []
    for moment in (datetime(2026, 3, 17, 22, 59, tzinfo=UTC), datetime(2026, 3, 17, 23, 1, tzinfo=UTC)):
        monkeypatch.setenv("HOLDFAST_NOW", moment.isoformat())
        found = green_mark_panel([one], here, {"color": "green"})["green_mark"]
        said.append((found["over"], found["expiry"], found["on"]))
    assert said == [(False, "holds until 17 Mar", "Sat 3 Jan 2026"), (True, "expired 17 Mar", "Sat 3 Jan 2026")]
