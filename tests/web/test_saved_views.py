"""Saved views over HTTP: who finds which, what they keep of an address, and that they show the own rows only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from holdfast.definitions.people import People, Person
from holdfast.web.saved_views import together

from .conftest import OWNER
from .server import post
from .test_rights import all_accounts

__all__ = ["all_accounts"]

VIEW = re.compile(r'<span class="view[^"]*"><a href="([^"]+)"[^>]*>([^<]+)</a>')
DELETE = re.compile(r'action="(/views/\d+/delete)"')


def save(client: httpx.Client, name: str, query: str, shared: str = "", page: str = "accounts") -> str:
    """Save a view; the page that follows."""
    values = {"name": name, "query": query, "shared": shared, "page": page}
    shown = TOKEN.search(client.get("/accounts").text)
    assert shown is not None
    answer = client.post("/views", data={"csrfmiddlewaretoken": shown.group(1), **values})
    return client.get(answer.headers["location"]).text if answer.status_code == 302 else str(answer.status_code)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(autouse=True)
def none_left(browsers: dict[str, httpx.Client]) -> Iterator[None]:
    """Delete what a test saved."""
    yield
    for client in browsers.values():
        for page in ("/accounts", "/worklist"):
            for path in DELETE.findall(client.get(page).text):
                post(client, path, page=page)


def views(client: httpx.Client, page: str = "/accounts") -> list[tuple[str, str]]:
    return [(name, to.replace("&amp;", "&")) for to, name in VIEW.findall(client.get(page).text)]


def test_a_view_keeps_the_filters_of_its_list_and_nothing_else(browsers: dict[str, httpx.Client]) -> None:
    client = browsers["csm"]
    shown = save(client, "  Red  ones ", "band=critical&sort=-arr&page=3&next=//elsewhere.example&q=%22%3E%3Cb%3E")
    assert "View “Red ones” saved." in shown
    assert views(client) == [("Red ones", "/accounts?q=%22%3E%3Cb%3E&band=critical&sort=-arr")]
    save(client, "Grave", "severity=critical&case=000001&all=watch", page="worklist")
    assert views(client, "/worklist") == [("Grave", "/worklist?severity=critical&all=watch")]
    places = client.get("/jump?q=grave").text
    assert 'href="/worklist?severity=critical&amp;all=watch"' in places
    assert "worklist view" in places


@pytest.mark.parametrize(("values", "words"), [
    (("", "band=critical"), "Give the view a name"), (("x" * 61, "band=critical"), "Give the view a name"),
    (("Default", "sort=score&page=2"), "Nothing is filtered yet"),
    (("Long", "q=" + "a" * 90 + "&owner=" + "b" * 1_200), "filters are too long"),
    (("Odd", "band=critical", "world"), "cannot be saved"),
])
def test_what_cannot_be_saved_is_said(browsers: dict[str, httpx.Client], values: Any, words: str) -> None:
    assert words in save(browsers["csm"], *values)
    assert views(browsers["csm"]) == []


def test_a_view_of_a_list_that_is_not_for_the_role_is_neither_saved_nor_found(
    browsers: dict[str, httpx.Client]
) -> None:
    assert save(browsers["executive"], "Grave", "severity=critical", page="worklist") == "404"
    assert save(browsers["csm"], "Odd", "severity=critical", page="people") == "404"
    save(browsers["operations"], "Grave", "severity=critical", "all", page="worklist")
    assert "Grave" in browsers["csm"].get("/jump?q=grave").text
    assert "/worklist" not in browsers["executive"].get("/jump?q=grave").text


def test_shared_views_are_found_by_whom_they_are_shared_with(browsers: dict[str, httpx.Client]) -> None:
    save(browsers["manager"], "Mine", "band=critical")
    save(browsers["manager"], "Of the team", "band=critical", "team")
    save(browsers["manager"], "Of all", "band=critical", "all")
    assert {name for name, _ in views(browsers["manager"])} == {"Mine", "Of the team", "Of all"}
    assert {name for name, _ in views(browsers["executive"])} == {"Of all"}


def test_a_shared_view_shows_the_own_rows_only(
    browsers: dict[str, httpx.Client], all_accounts: list[dict[str, Any]]
) -> None:
    foreign = next(a for a in all_accounts if a["owner"] and a["owner"] != OWNER)
    save(browsers["administrator"], "Theirs", f"owner={foreign['owner']}", "all")
    [(_, to)] = views(browsers["csm"])
    page = browsers["csm"].get(to).text
    assert "No account fits these filters" in page
    assert foreign["name"] not in page
    assert foreign["name"] in browsers["administrator"].get(to).text


def test_only_the_own_view_can_be_deleted(browsers: dict[str, httpx.Client]) -> None:
    shown = save(browsers["administrator"], "Big", "sort=-arr", "all")
    [path] = DELETE.findall(shown)
    assert DELETE.findall(browsers["csm"].get("/accounts").text) == []
    assert post(browsers["csm"], path, page="/accounts").status_code == 404
    assert post(browsers["administrator"], path, page="/accounts").status_code == 302
    assert views(browsers["csm"]) == []
    assert "deleted" in browsers["administrator"].get("/audit").text


def test_a_team_is_who_reports_to_each_other_or_to_the_same() -> None:
    found = People(people=tuple(
        Person(email=f"{name}@x.test", reports_to=f"{above}@x.test" if above else None)
        for name, above in (("vp", ""), ("lead", "vp"), ("ana", "lead"), ("ben", "lead"), ("zoe", "other"))
    ))
    pairs = {(a, b): together(f"{a}@x.test", f"{b.upper()}@X.test", found) for a in ("vp", "lead", "ana", "zoe", "new")
             for b in ("vp", "ana", "ben", "new")}
    assert {pair for pair, same in pairs.items() if same} == {
        ("vp", "ana"), ("vp", "ben"), ("lead", "vp"), ("lead", "ana"), ("lead", "ben"), ("ana", "vp"), ("ana", "ben"),
        ("ana", "ana")}
