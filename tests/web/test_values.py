"""The value ledger on the account page: both sources beside each other, never mixed, and no metric moves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from holdfast.state.value_entry import ValueRevision
from holdfast.web.values import yearly

from .server import Served, company_day, post
from .test_rights import every_account

TODAY = company_day()
CLAIM = {"act": "propose", "what": "Dock waiting time", "amount": "1200.50", "currency": "EUR", "period": "month",
         "said_by": "Mrs Sandmann"}


@pytest.fixture(scope="module")
def account(application: Served) -> str:
    return next(a["account_id"] for a in every_account(application.folder) if a["scored"] and a["arr"])


def send(client: httpx.Client, account: str, page: str = "", path: str = "value", **values: str) -> httpx.Response:
    return post(client, f"/accounts/{account}/{path}", page=page or f"/accounts/{account}", **values)


def panel(client: httpx.Client, account: str) -> str:
    page = client.get(f"/accounts/{account}").text
    return page[page.index('id="value"'):]


def newest(client: httpx.Client, account: str) -> dict[str, str]:
    found = re.search(r'name="entry" value="(\w+)"><input type="hidden" name="number" value="(\d+)"',
                      panel(client, account))
    assert found is not None
    return {"entry": found.group(1), "number": found.group(2)}


def figures(served: Served, account: str) -> Any:
    words = [sys.executable, "-m", "holdfast", "account", account, "--json", "-w", str(served.folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["score"], found["dials"], found["green_checks"]


def test_an_entry_is_proposed_confirmed_and_ended_and_no_figure_of_the_run_moves(
    application: Served, browsers: Any, account: str
) -> None:
    client = browsers["operations"]
    before = figures(application, account)
    assert send(client, account, **CLAIM).headers["location"] == f"/accounts/{account}#value"
    shown = panel(client, account)
    assert "€1,200.50" in shown
    assert "not confirmed, our own estimate" in shown
    assert re.search(r"Proposed here: €14,406, \d+\.\d\d× the price", shown)
    until = (TODAY + timedelta(days=30)).isoformat()
    assert send(client, account, act="confirm", by="Dr. Brandt", on=TODAY.isoformat(), until=until,
                **newest(client, account)).status_code == 302
    shown = panel(client, account)
    assert "confirmed by Dr. Brandt" in shown
    assert "Confirmed, written here: €14,406," in shown
    assert "Proposed here: €0," in shown
    assert figures(application, account) == before
    assert "changes no metric, no check and no score" in shown
    assert send(client, account, act="expire", **newest(client, account)).status_code == 302
    shown = panel(client, account)
    assert '<li class="expired">' in shown
    assert "Confirmed, written here: €0," in shown
    assert "History" in shown


def test_imported_claims_stand_in_the_same_panel_marked_by_their_source(application: Served, browsers: Any) -> None:
    claims = (application.folder / "exports/success/value_claims.csv").read_text(encoding="utf-8").splitlines()
    name = claims[0].split(",").index("customer")
    known = {a["account_id"] for a in every_account(application.folder)}
    account = next(row.split(",")[name] for row in claims[1:] if row.split(",")[name] in known)
    assert "imported: value_claims" in panel(browsers["operations"], account)


def test_an_amount_in_another_currency_is_named_and_not_added(browsers: Any, account: str) -> None:
    client = browsers["operations"]
    send(client, account, **{**CLAIM, "currency": "JPY", "amount": "777777"})
    shown = panel(client, account)
    assert "Not converted, in no bar: ¥777,777 a month" in shown
    assert "Proposed here: €0," in shown


def test_a_single_amount_counts_for_a_year_from_its_confirmation() -> None:
    once = ValueRevision(amount=Decimal(500), period="once", confirmed_on=date(2025, 3, 17))
    assert [yearly(once, day) for day in (date(2026, 3, 16), date(2026, 3, 17))] == [Decimal(500), Decimal(0)]
    assert yearly(ValueRevision(amount=None, period="year"), date(2026, 3, 17)) is None


@pytest.mark.parametrize("values", [
    {"what": ""}, {"amount": "-5"}, {"amount": "0"}, {"amount": "1e9"}, {"amount": "12,5"}, {"currency": "XXX"},
    {"period": "decade"}, {"said_by": " "}, {"what": "x" * 301},
])
def test_what_is_not_said_rightly_is_shown_again(browsers: Any, account: str, values: dict[str, str]) -> None:
    before = panel(browsers["operations"], account).count("<li")
    answer = send(browsers["operations"], account, **{**CLAIM, **values})
    assert answer.status_code == 400
    assert "as you wrote it" in answer.text
    assert panel(browsers["operations"], account).count("<li") == before


def test_the_question_stands_with_its_day_and_answer_and_is_text(browsers: Any, account: str) -> None:
    client = browsers["operations"]
    day = (TODAY - timedelta(days=12)).isoformat()
    asked = {"on": day, "of": "Mrs Sandmann", "answer": "less", "evidence": "<script>alert(1)</script>"}
    assert send(client, account, path="value/asked", **asked).status_code == 302
    shown = panel(client, account)
    assert re.search(r"12 d ago: <span class=\"strong\">worth less than the price", shown)
    assert "<script>" not in shown
    for wrong in ({"on": (TODAY + timedelta(days=2)).isoformat()}, {"of": ""}, {"answer": "maybe"}):
        assert send(client, account, path="value/asked", **{**asked, **wrong}).status_code == 400


def test_names_are_for_who_sees_personal_data_and_only_who_works_cases_writes(browsers: Any, account: str) -> None:
    send(browsers["operations"], account, **CLAIM)
    shown = panel(browsers["executive"], account)
    assert "Dock waiting time" in shown
    assert "Sandmann" not in shown
    assert "Add a value" not in shown
    assert send(browsers["executive"], account, page="/accounts", **CLAIM).status_code == 403
    mine = re.search(r'href="/accounts/([^"/?]+)"', browsers["csm"].get("/accounts").text)
    assert mine is not None
    assert send(browsers["csm"], "no-such-account", page=f"/accounts/{mine.group(1)}", **CLAIM).status_code == 404
    entry = newest(browsers["operations"], account)
    other = mine.group(1)
    if other != account:
        answer = send(browsers["csm"], other, act="expire", **entry)
        assert answer.status_code == 400
