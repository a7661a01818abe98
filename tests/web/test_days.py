"""Another day of an account page, and the days of its change."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import httpx
import pytest
from django.template import Context, Engine

import holdfast.web
from holdfast.errors.workspace import WrongOption
from holdfast.reports.words import day_full
from holdfast.web.days import Days

from .conftest import OWNER
from .test_rights import all_accounts

__all__ = ["all_accounts"]

NEWEST = date(2026, 6, 30)


@pytest.fixture(scope="module")
def mine(all_accounts: list[dict[str, str]]) -> str:
    """The address of an account of the CSM."""
    return f"/accounts/{next(a['account_id'] for a in all_accounts if a['owner'] == OWNER and a['scored'])}"


@pytest.mark.parametrize(("asked", "words"), [
    ({"as_of": "2026-13-01"}, "As of 2026-13-01: this is no date. Next: choose a day up to Tue 30 Jun 2026"),
    ({"as_of": "yesterday"}, "As of yesterday: this is no date"),
    ({"as_of": "2026-07-01"}, "nothing is known of this day yet"),
    ({"as_of": "0001-01-02"}, "no data go back so far"),
    ({"since": "2026-06-30"}, "the day is not before Tue 30 Jun 2026. Next: choose a day up to Mon 29 Jun 2026"),
    ({"since": "2026-03-01", "as_of": "2026-02-01"}, "the day is not before Sun 1 Feb 2026"),
    ({"since": "0d"}, "Change since 0d: this is no date"),
    ({"since": "٣d"}, "this is no date"),
    ({"since": "9999d", "as_of": "1980-01-01"}, "no data go back so far"),
    ({"clock": "then"}, "there are two clocks. Next: choose as now known or as believed then"),
])
def test_what_cannot_be_meant_is_said(asked: dict[str, str], words: str) -> None:
    with pytest.raises(WrongOption) as found:
        Days.of(asked, NEWEST)
    assert words in str(found.value)


def test_the_newest_day_is_no_past_day_and_as_believed_is_another_page() -> None:
    assert not Days.of({"as_of": "2026-06-30", "since": "30d"}, NEWEST).past
    assert Days.of({"clock": "believed"}, NEWEST).past
    assert Days.of({"as_of": "2026-06-29", "clock": "known"}, NEWEST).address() == "as_of=2026-06-29&clock=known"


def drawn(days: Days, start: str = "2026-04-05") -> str:
    """The two forms and the banner, as the page has them."""
    engine = Engine(dirs=[str(Path(holdfast.web.__file__).parent / "templates")])
    context = Context({"days": days.shown_on("/accounts/A1", start), "past": days.past, "as_of": day_full(days.shown)})
    names = ("_as_of", "_since", "_past")
    return "".join(engine.get_template(f"holdfast/{name}.html").render(context) for name in names)


def fields(page: str, form: str) -> set[tuple[str, str]]:
    found = re.search(rf'<form[^>]*aria-label="{form}">.*?</form>', page, re.DOTALL)
    assert found is not None, form
    return {(n, v) for n, rest in re.findall(r'<input[^>]*name="(\w+)"([^>]*)', found.group())
            for v in re.findall(r'value="([^"]*)"', rest) if v and ("=\"radio" not in rest or "checked" in rest)}


@pytest.mark.parametrize("asked", [
    {"as_of": "2026-05-03", "since": "2026-04-05", "clock": "believed"}, {"as_of": "2026-05-03", "since": "30d"},
    {"since": "30d", "clock": "known"}, {},
])
def test_each_form_keeps_what_the_other_asked_for(asked: dict[str, str]) -> None:
    page = drawn(Days.of(asked, NEWEST))
    kept = {(n, v) for n, v in asked.items() if n == "since"}
    chosen = re.search(r'name="clock" value="(\w*)" checked', page)
    assert chosen is not None
    assert chosen.group(1) == asked.get("clock", "")
    assert fields(page, "Show another day") - {("clock", "believed"), ("clock", "known")} == kept | {
        ("as_of", asked.get("as_of", "2026-06-30"))}
    assert fields(page, "Change between two days") == {
        ("as_of", asked.get("as_of", "2026-06-30")), ("since", "2026-04-05"),
        *((n, v) for n, v in asked.items() if n == "clock")}


def test_a_past_day_is_announced_with_the_way_back() -> None:
    page = drawn(Days.of({"as_of": "2026-05-03", "since": "2026-04-05"}, NEWEST))
    assert "This page shows Sun 3 May 2026, as it is known now: 58 days before the newest." in page
    assert 'href="/accounts/A1?since=2026-04-05">Back to Tue 30 Jun 2026' in page
    page = drawn(Days.of({"clock": "believed"}, NEWEST))
    assert "This page shows Tue 30 Jun 2026, as it was believed on that day: the newest day." in page
    assert 'href="/accounts/A1">Back to' in page


@pytest.mark.soak
def test_the_page_turns_to_a_past_day(browsers: dict[str, httpx.Client], mine: str) -> None:
    page = browsers["csm"].get(f"{mine}?as_of=2026-05-03&since=2026-04-05&clock=known", timeout=300).text
    assert "This page shows Sun 3 May 2026" in page
    assert "?as_of=2026-05-03&amp;clock=known" in page
    assert "5 Apr to 3 May" in page


def test_today_has_no_banner(browsers: dict[str, httpx.Client], mine: str) -> None:
    page = browsers["csm"].get(mine).text
    assert "This page shows" not in page
    for form in ("Show another day", "Change between two days"):
        assert ("as_of", "2026-06-30") in fields(page, form)


def test_a_wrong_day_is_worded_with_the_way_back(browsers: dict[str, httpx.Client], mine: str) -> None:
    for path in (f"{mine}?as_of=2026-02-30", f"{mine}/rows/seats_active?as_of=2026-02-30"):
        answer = browsers["csm"].get(path)
        assert answer.status_code == 400
        assert "As of 2026-02-30: this is no date." in answer.text
        assert f'href="{mine}">Back to ' in answer.text


def test_a_foreign_account_stays_unknown_whatever_the_day(
    browsers: dict[str, httpx.Client], all_accounts: list[dict[str, str]]
) -> None:
    foreign = next(a["account_id"] for a in all_accounts if a["owner"] != OWNER)
    assert browsers["csm"].get(f"/accounts/{foreign}?as_of=2026-02-30").status_code == 404
