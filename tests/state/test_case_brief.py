"""What people write about a case: the newest words hold, every change stands in the history, a round starts anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from .conftest import MORNING


@pytest.fixture
def case(office: Any) -> Any:
    from holdfast.state.case import Case

    return Case.objects.create(key="a", signal="usage_decline", severity="high", found_on=date(2026, 3, 1),
                               opened_on=date(2026, 3, 16), opened_at=MORNING)


def test_each_change_stands_in_the_history_with_what_was_before(office: Any, case: Any) -> None:
    from holdfast.state.case_brief import Words, brief_of, describe

    assert brief_of(case) == (Words(), 0)
    first = Words(root_cause="The champion left.", stake=Decimal("1200"), next_review=date(2026, 4, 1))
    assert describe(case, first, 0, office.ana) == ["root_cause", "stake", "next_review"]
    second = replace(first, root_cause="Nobody took over.", outcome="saved", next_review=None)
    assert describe(case, second, 1, office.max) == ["root_cause", "outcome", "next_review"]
    assert brief_of(case) == (replace(second, stake=Decimal("1200.00")), 2)
    lines = [(one.actor.email, one.body["was"], one.body["now"]) for one in case.events.order_by("pk")]
    assert lines == [
        ("ana@x.test", {"root_cause": "", "stake": None, "next_review": None},
         {"root_cause": "The champion left.", "stake": "1200.00", "next_review": "2026-04-01"}),
        ("max@x.test", {"root_cause": "The champion left.", "outcome": "in_progress", "next_review": "2026-04-01"},
         {"root_cause": "Nobody took over.", "outcome": "saved", "next_review": None}),
    ]


def test_the_same_words_again_change_nothing(office: Any, case: Any) -> None:
    from holdfast.state.case_brief import Words, brief_of, describe

    words = Words(lessons="Ask for two champions.", stake=Decimal("5"))
    describe(case, words, 0, office.ana)
    assert describe(case, words, 1, office.ana) == []
    assert brief_of(case)[1] == 1
    assert case.events.count() == 1


def test_who_has_not_seen_the_newest_words_does_not_overwrite_them(office: Any, case: Any) -> None:
    from holdfast.state.case_brief import Words, brief_of, describe

    describe(case, Words(root_cause="one"), 0, office.ana)
    assert describe(case, Words(root_cause="two"), 0, office.max) is None
    assert brief_of(case)[0].root_cause == "one"
    assert case.events.count() == 1


def test_a_case_that_opens_again_starts_with_no_words(office: Any, case: Any) -> None:
    from holdfast.state.case_brief import Words, brief_of, describe

    describe(case, Words(outcome="saved"), 0, office.ana)
    case.round = 2
    case.save()
    assert brief_of(case) == (Words(), 0)
    assert describe(case, Words(root_cause="again"), 0, office.ana) == ["root_cause"]
    assert case.briefs.count() == 2


def test_the_own_newest_change_is_taken_back_and_both_stand_in_the_history(office: Any, case: Any) -> None:
    from holdfast.state.case_brief import Words, brief_of, describe, may_take_back, take_back

    assert take_back(case, office.ana) is None
    first = Words(root_cause="The champion left.", stake=Decimal("1200"), next_review=date(2026, 4, 1))
    describe(case, first, 0, office.ana)
    describe(case, Words(root_cause="Nobody took over."), 1, office.ana)
    assert not may_take_back(case, office.max)
    assert take_back(case, office.max) is None
    assert may_take_back(case, office.ana)
    assert take_back(case, office.ana) == ["root_cause", "stake", "next_review"]
    assert brief_of(case) == (replace(first, stake=Decimal("1200.00")), 3)
    assert case.events.filter(kind="described").count() == 3
    describe(case, replace(first, lessons="Ask sooner."), 3, office.max)
    assert take_back(case, office.ana) is None
