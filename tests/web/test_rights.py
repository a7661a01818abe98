"""Who sees what: generated from the routes, asked of the running application."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import pytest

from holdfast.state.access import AccessRole
from holdfast.web.rights import rights_of
from holdfast.web.routes import LOGIN, ROUTES, Route

from .conftest import MANAGER, OWNER
from .server import Served

ROLES = [role.value for role in AccessRole]
AREAS = {
    "csm": {"cases", "accounts", "portfolio", "method"},
    "onboarding": {"cases", "accounts", "portfolio", "method"},
    "manager": {"cases", "accounts", "portfolio", "method"},
    "executive": {"accounts", "portfolio", "method"},
    "operations": {"cases", "accounts", "portfolio", "method", "data"},
    "data": {"accounts", "portfolio", "method", "data"},
    "administrator": {"cases", "accounts", "portfolio", "method", "data", "people", "audit"},
}
"""Written by hand: what each role may open."""
POSTED = {"theme", "view_save", "view_delete", "invite", "person", "case_act", "case_undo", "note", "green_mark",
          "value", "value_asked", "roles", "case_words", "case_offer", "case_tier", "case_offer_answer",
          "case_offer_withdraw", "case_words_undo", "quarantine_replay"}


def every_account(folder: Path, *words: str) -> list[dict[str, Any]]:
    """What the command line says, which knows no roles."""
    done = subprocess.run(
        [sys.executable, "-m", "holdfast", "accounts", "--json", "-w", str(folder), *words],
        capture_output=True, text=True, check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def all_accounts(application: Served) -> list[dict[str, Any]]:
    return every_account(application.folder)


def example(route: Route, account_id: str) -> str:
    """An address of the route that leads somewhere."""
    known = {"account_id": account_id, "metric": "seats_active", "name": "health", "secret": "never-given-out",
             "user_id": "999999", "view_id": "999999", "source": "billing"}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: known[found.group(1)], route.path)


@pytest.mark.parametrize("role", ROLES)
def test_the_table_of_rights_is_the_one_written_by_hand(role: str) -> None:
    assert rights_of(role).areas == AREAS[role]


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.name)
def test_a_stranger_sees_the_login_and_nothing_else(application: Served, route: Route, all_accounts: Any) -> None:
    answer = httpx.get(application.address + example(route, all_accounts[0]["account_id"]), timeout=60)
    if route.who == "anyone":
        assert answer.status_code in (200, 410)
    else:
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/login/")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [r for r in ROUTES if r.who != "anyone"], ids=lambda r: r.name)
def test_each_role_opens_its_areas_only(
    browsers: dict[str, httpx.Client], all_accounts: Any, route: Route, role: str
) -> None:
    mine = {OWNER} if role == "csm" else None
    account = next(a["account_id"] for a in all_accounts if mine is None or a["owner"] in mine)
    status = browsers[role].get(example(route, account)).status_code
    allowed = route.who == "signed in" or route.who in AREAS[role]
    if not allowed:
        assert status == 403
    elif route.name in POSTED:
        assert status == 405
    elif route.name in ("case_panel", "case", "case_document") or (
        role in ("onboarding", "manager") and route.name in ("account", "account_rows")
    ):
        assert status in (200, 404)
    else:
        assert status in (200, 302)


def test_an_address_that_nobody_classified_is_shut(browsers: dict[str, httpx.Client]) -> None:
    for path in ("/signup/", "/email/", "/password/reset/", "/factor/webauthn/", "/password/set/"):
        assert browsers["administrator"].get(path).status_code == 404, path


def test_every_page_of_the_login_library_in_use_exists(application: Served) -> None:
    assert set(LOGIN) >= {"account_login", "mfa_authenticate", "usersessions_list"}
    assert httpx.get(f"{application.address}/login/").status_code == 200


def ids_in_csv(client: httpx.Client) -> set[str]:
    rows = csv.DictReader(io.StringIO(client.get("/accounts.csv").text))
    return {row["account_id"].removeprefix("'") for row in rows}


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_exports_hold_exactly_the_own_rows(
    browsers: dict[str, httpx.Client], all_accounts: list[dict[str, Any]], role: str
) -> None:
    owners = {"csm": {OWNER}, "onboarding": set(), "manager": {"grace.tanaka@quillhire.example", MANAGER}}.get(role)
    expected = {a["account_id"] for a in all_accounts if owners is None or a["owner"] in owners}
    assert ids_in_csv(browsers[role]) == expected
    page = browsers[role].get("/accounts").text
    assert f"{len(expected)} account{'' if len(expected) == 1 else 's'} of {len(expected)}" in page
    foreign = [a for a in all_accounts if a["account_id"] not in expected]
    for path in ("/worklist?all=watch,later", "/accounts", "/portfolio", "/accounts?sort=-arr",
                 "/accounts?band=critical", "/jump?q=a", "/scorecards/health", "/scorecards/new_customer", "/signals"):
        text = browsers[role].get(path).text
        for account in foreign:
            assert account["name"] not in text, f"{path} tells {role} of {account['name']}"


def test_a_foreign_account_is_like_one_that_does_not_exist(
    browsers: dict[str, httpx.Client], all_accounts: list[dict[str, Any]]
) -> None:
    foreign = next(a["account_id"] for a in all_accounts if a["owner"] != OWNER)
    pages = [browsers["csm"].get(f"/accounts/{name}") for name in (foreign, "no-such-account")]
    assert [page.status_code for page in pages] == [404, 404]
    first, second = (page.text.replace(foreign, "X").replace("no-such-account", "X") for page in pages)
    token = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert token.sub("", first) == token.sub("", second)
    assert browsers["csm"].get(f"/accounts/{foreign}/rows/seats_active").status_code == 404


def test_totals_of_the_portfolio_are_those_of_the_own_rows(
    browsers: dict[str, httpx.Client], all_accounts: list[dict[str, Any]]
) -> None:
    mine = [a for a in all_accounts if a["owner"] == OWNER and not a["not_scored"]]
    page = browsers["csm"].get("/portfolio").text
    assert f"{len(mine)} account" in page
    assert f"{len([a for a in all_accounts if not a['not_scored']])} accounts ·" not in page
    arr = Fraction(sum(Fraction(str(a["arr"])) for a in mine if a["arr"] is not None))
    cells = re.findall(r"<tr><th scope=\"row\">Total</th><td class=\"num\" data-head=\"Accounts\">.*?</tr>", page)
    printed = [re.findall(r">([\d,]+)</td>", cell)[:2] for cell in cells]
    assert len(printed) >= 2
    for accounts, amount in printed:
        assert int(accounts) == len(mine)
        assert int(amount.replace(",", "")) in (round(arr), round(arr / 1000))


def test_who_may_not_see_personal_data_gets_no_raw_rows(browsers: dict[str, httpx.Client]) -> None:
    assert "raw" in browsers["operations"].get("/data/quarantine.csv").text.splitlines()[0].split(",")
    assert "raw" not in browsers["data"].get("/data/quarantine.csv").text.splitlines()[0].split(",")


def test_names_of_the_customer_s_people_are_on_the_page_only_for_who_may_see_personal_data(
    application: Served, browsers: dict[str, httpx.Client], all_accounts: list[dict[str, Any]]
) -> None:
    account = next(a["account_id"] for a in all_accounts if a["scored"])
    done = subprocess.run(
        [sys.executable, "-m", "holdfast", "account", account, "--json", "-w", str(application.folder)],
        capture_output=True, text=True, check=True,
    )
    names = [one["name"] for one in json.loads(done.stdout)["people"]["contacts"]]
    assert names
    for role in ROLES:
        if role in ("csm", "onboarding", "manager"):
            continue
        text = browsers[role].get(f"/accounts/{account}").text
        assert "Does green mean safe?" in text
        seen = [name for name in names if name in text]
        assert seen == (names if rights_of(role).personal else []), role
