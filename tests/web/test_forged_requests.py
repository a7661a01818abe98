"""What did not come from our own form changes nothing: A14, A15 and A16 of the attacks."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from holdfast.web.routes import ROUTES, Route

from .server import PASSWORD, TOKEN, Served, invited, log_in, post
from .test_login import newcomer
from .test_rights import AREAS, POSTED, ROLES, every_account, example

FORMS = [route for route in ROUTES if route.name in POSTED]
HOSTILE: list[dict[str, Any]] = [
    {},
    {"headers": {"HX-Request": "true", "X-Requested-With": "XMLHttpRequest"}},
    {"headers": {"Origin": "https://elsewhere.example"}},
    {"headers": {"X-CSRFToken": "a" * 64}},
    {"headers": {"Content-Type": "text/plain"}, "content": '{"role": "administrator"}'},
    {"headers": {"Content-Type": "application/json"}, "content": '{"role": "administrator"}'},
]


@pytest.fixture(scope="module")
def accounts(application: Served) -> list[dict[str, Any]]:
    return every_account(application.folder)


def log_length(client: httpx.Client) -> str:
    found = re.search(r"([\d,]+) entr", client.get("/audit").text)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("route", FORMS, ids=lambda r: r.name)
def test_no_form_is_taken_without_the_token_of_its_page(
    application: Served, browsers: Any, accounts: Any, route: Route
) -> None:
    client, path = browsers["administrator"], example(route, accounts[0]["account_id"])
    before = log_length(client)
    for attack in HOSTILE:
        answer = client.post(path, **attack)
        assert answer.status_code == 403, attack
        assert "did not come from a page of this application" in answer.text
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        sent = client.request(method, path, headers={"X-HTTP-Method-Override": "POST"}, params={"_method": "POST"})
        assert sent.status_code in (403, 405)
    stranger = httpx.Client(base_url=application.address, timeout=60)
    assert post(stranger, path, page="/login/").headers["location"].startswith("/login/")
    assert log_length(client) == before


def test_a_token_of_another_origin_or_another_person_is_worth_nothing(application: Served, browsers: Any) -> None:
    client = browsers["administrator"]
    token = TOKEN.search(client.get("/people").text)
    other = TOKEN.search(httpx.get(f"{application.address}/login/").text)
    assert token is not None
    assert other is not None
    values = {"email": "forged@office.example", "role": "administrator"}
    for attack in (
        {"data": {**values, "csrfmiddlewaretoken": other.group(1)}},
        {"data": {**values, "csrfmiddlewaretoken": token.group(1)}, "headers": {"Origin": "https://elsewhere.example"}},
    ):
        assert client.post("/people/invite", **attack).status_code == 403
    assert "forged@office.example" not in client.get("/people").text


def test_nobody_is_logged_in_as_somebody_else_by_a_foreign_form(application: Served, people: Any) -> None:
    values = {"login": people["data"], "password": PASSWORD}
    client = httpx.Client(base_url=application.address, timeout=60)
    assert client.post("/login/", data=values).status_code == 403
    client.get("/login/")
    assert client.post("/login/", data=values).status_code == 403
    assert client.get("/accounts").status_code == 302


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", FORMS, ids=lambda r: r.name)
def test_forms_of_other_roles_and_of_foreign_accounts_change_nothing(
    browsers: Any, people: Any, accounts: Any, route: Route, role: str
) -> None:
    client = browsers[role]
    seen = set(re.findall(r'href="/accounts/([^"/?]+)"', client.get("/accounts").text))
    foreign = next((row["account_id"] for row in accounts if row["account_id"] not in seen), "no-such-account")
    before = log_length(browsers["administrator"])
    values = {"case": foreign, "act": "resolve", "outcome": "acted", "text": "x", "day": "2026-01-01"}
    answer = post(client, example(route, foreign), page="/factor/", **values)
    if not (route.who == "signed in" or route.who in AREAS[role]):
        assert answer.status_code == 403
    elif "<path:account_id>" in route.path or route.name == "case_act":
        assert answer.status_code == 404
    if "<path:account_id>" in route.path or answer.status_code == 403:
        assert log_length(browsers["administrator"]) == before


def test_fields_that_no_form_has_are_not_taken(application: Served, browsers: Any) -> None:
    more = {"role": "administrator", "is_superuser": "1", "is_staff": "1", "owner_id": "1", "tenant": "x"}
    mail = "assigned@office.example"
    link = invited(application.folder, "csm", mail, application.address)
    values = {"email": "boss@office.example", "password": PASSWORD, "again": PASSWORD}
    joined = post(httpx.Client(timeout=60), link, **values, **more)
    assert joined.status_code == 302
    client = log_in(application.address, mail)
    post(client, "/password/change/", oldpassword=PASSWORD, password1="calm-harbour-43x", password2="calm-harbour-43x",
         **more)
    assert client.get("/people").status_code == 403
    row = browsers["administrator"].get("/people").text
    assert "boss@office.example" not in row
    assert re.search(rf"{mail}.*?<option value=\"csm\" selected", row, re.DOTALL)


def test_nobody_raises_the_own_role_and_a_lowered_one_holds_at_once(application: Served, browsers: Any) -> None:
    mail = "lowered@office.example"
    newcomer(application, mail, "administrator")
    lowered = log_in(application.address, mail)
    assert lowered.get("/people").status_code == 200
    page = browsers["administrator"].get("/people").text
    person = re.search(rf'<th scope="row">{mail}</th>.*?action="(/people/\d+)"', page, re.DOTALL)
    assert person is not None
    mine = person.group(1)
    assert post(lowered, mine, page="/people", role="administrator").status_code == 403
    assert post(browsers["administrator"], mine, page="/people", role="csm", active="yes").status_code == 302
    for path in ("/people", "/audit", "/accounts"):
        assert lowered.get(path).status_code == 302
    again = log_in(application.address, mail)
    assert again.get("/people").status_code == 403
    for values in ({"email": "x@office.example", "role": "administrator"}, {"email": mail, "role": "administrator"}):
        assert post(again, "/people/invite", page="/factor/", **values).status_code == 403
    assert post(again, mine, page="/factor/", role="administrator").status_code == 403
