"""The value ledger: proposed, confirmed, expired; each step a version, a changed claim is confirmed anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .conftest import MORNING

TODAY = date(2026, 3, 17)


def claim(what: str = "Dock waiting time", amount: str = "100") -> Any:
    from holdfast.state.value_entry import Claim, ValuePeriod

    return Claim(what, Decimal(amount), "EUR", ValuePeriod.MONTH, "Max")


def test_an_entry_is_proposed_confirmed_and_expires_after_its_last_day(office: Any) -> None:
    from holdfast.state.value_entry import confirm, propose, values_of

    first = propose("a", claim(), office.ana)
    assert first.stands(TODAY) == "proposed"
    office.clock(MORNING + timedelta(days=1))
    assert confirm(first.entry, "a", 1, "Dr. Brandt", TODAY, date(2026, 4, 1), office.max) is not None
    [found] = values_of("a")
    last = found.last
    assert (last.what, last.amount, last.said_by, last.confirmed_by, last.confirmed_on, last.author.email) == (
        "Dock waiting time", Decimal(100), "Max", "Dr. Brandt", TODAY, "max@x.test")
    assert [last.stands(day) for day in (date(2026, 4, 1), date(2026, 4, 2))] == ["confirmed", "expired"]
    assert [(one.state, one.author.email) for one in found.earlier] == [("proposed", "ana@x.test")]


def test_a_changed_claim_is_proposed_again(office: Any) -> None:
    from holdfast.state.value_entry import confirm, propose, reword, values_of

    entry = propose("a", claim(), office.ana).entry
    confirm(entry, "a", 1, "Dr. Brandt", TODAY, None, office.ana)
    reword(entry, "a", 2, claim(amount="900"), office.ana)
    last = values_of("a")[0].last
    assert (last.amount, last.state, last.confirmed_by, last.confirmed_on) == (Decimal(900), "proposed", "", None)


def test_steps_that_do_not_follow_are_refused(office: Any) -> None:
    from holdfast.state.value_entry import confirm, expire, propose, reword, values_of

    entry = propose("a", claim(), office.ana).entry
    assert confirm(entry, "b", 1, "x", TODAY, None, office.ana) is None
    assert expire(entry, "a", 1, office.ana) is not None
    assert reword(entry, "a", 1, claim("late"), office.ana) is None
    assert expire(entry, "a", 2, office.ana) is None
    assert confirm(entry, "a", 2, "x", TODAY, None, office.ana) is None
    assert [(one.last.state, len(one.earlier)) for one in values_of("a")] == [("expired", 1)]


def test_the_newest_question_stands_first(office: Any) -> None:
    from holdfast.state.value_asked import ValueAnswer, ask, asked_of

    ask("a", date(2026, 3, 10), "Dr. Brandt", ValueAnswer.LESS, "", office.ana)
    ask("a", date(2026, 1, 10), "Dr. Brandt", ValueAnswer.MORE, "they save time", office.ana)
    ask("b", TODAY, "nobody", ValueAnswer.EVEN, "", office.ana)
    assert [one.answer for one in asked_of("a")] == ["less", "more"]
