"""Roles set in the people map: who may, what the map shows, what is kept, and that no figure moves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import httpx
import pytest

from .server import TOKEN, Served
from .test_rights import every_account


@pytest.fixture(scope="module")
def account(application: Served) -> str:
    """An account with people, one of whom is no champion."""
    for row in every_account(application.folder):
        people = told(application, row["account_id"])["people"]
        if row["scored"] and any("champion" not in one["roles"] for one in people["contacts"] or []):
            return str(row["account_id"])
    raise AssertionError("nobody")


def told(served: Served, account: str) -> Any:
    words = [sys.executable, "-m", "holdfast", "account", account, "--json", "-w", str(served.folder)]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def card(client: httpx.Client, account: str) -> str:
    page = client.get(f"/accounts/{account}").text
    return page[page.index('id="people"'):].partition("</section>")[0]


def give(
    client: httpx.Client, account: str, contact: str, *roles: str, act: str = "", page: str = ""
) -> httpx.Response:
    token = TOKEN.search(client.get(page or f"/accounts/{account}").text)
    assert token is not None
    return client.post(f"/accounts/{account}/roles", data={
        "csrfmiddlewaretoken": token.group(1), "contact": contact, "role": list(roles), "act": act})


def column(shown: str, title: str) -> str:
    return re.split(r"<h3", shown[shown.index(f">{title}</h3>") + 4:])[0]


def holds(shown: str, one: dict[str, Any]) -> bool:
    """Whether a person stands in a column, as a card or by name below it."""
    return f'"strong">{one["name"]}</span>' in shown or f"also {one['name']}" in shown


def test_a_role_fills_its_seat_on_the_map_and_no_figure_moves(
    application: Served, browsers: Any, account: str
) -> None:
    client, before = browsers["operations"], told(application, account)
    one = next(c for c in before["people"]["contacts"] if "champion" not in c["roles"] and c["present"])
    assert not holds(column(card(client, account), "Champions"), one)
    assert give(client, account, one["key"], "champion", "sponsor", "emperor").headers["location"] == (
        f"/accounts/{account}#people")
    shown = card(client, account)
    assert holds(column(shown, "Champions"), one)
    assert "Seat empty" not in column(shown, "Champions")
    assert "set here by" in shown
    assert "the records say" in shown
    assert "The score, the checks and the signals read the roles of the records only." in shown
    after = told(application, account)
    assert after["score"] == before["score"]
    assert after["people"] == before["people"]
    assert give(client, account, one["key"], act="recorded").status_code == 302
    shown = card(client, account)
    assert not holds(column(shown, "Champions"), one)
    assert "as the records say" in shown
    assert "Champion, Sponsor" in shown


def test_the_case_document_knows_the_champion(application: Served, browsers: Any) -> None:
    client = browsers["operations"]
    found = re.search(r'data-case="([^"]+)"', client.get("/worklist?all=watch,later").text)
    assert found is not None
    people = told(application, found.group(1))["people"]["contacts"]
    one = next(c for c in people if c["present"])
    give(client, found.group(1), one["key"], "champion")
    shown = client.get(f"/cases/{found.group(1)}/document").text
    assert re.search(rf"Champions</dt>.*?{re.escape(one['name'])}", shown, re.DOTALL)


def test_only_who_works_cases_sets_roles_and_only_of_own_people(
    application: Served, browsers: Any, account: str
) -> None:
    people = told(application, account)["people"]["contacts"]
    assert give(browsers["executive"], account, people[0]["key"], "champion", page="/accounts").status_code == 403
    other = next(row["account_id"] for row in every_account(application.folder) if row["account_id"] != account)
    assert give(browsers["operations"], other, people[0]["key"], "champion").status_code == 404
    assert give(browsers["operations"], account, "1", "champion").status_code == 404
    shown = card(browsers["executive"], account)
    assert "<form" not in shown
    assert people[0]["name"] not in shown


def test_the_audit_log_names_the_roles_and_not_the_person(application: Served, browsers: Any, account: str) -> None:
    one = told(application, account)["people"]["contacts"][0]
    give(browsers["operations"], account, one["key"], "technical")
    page = browsers["administrator"].get("/audit").text
    assert "set roles" in page
    assert "technical" in page
    assert one["name"] not in page
