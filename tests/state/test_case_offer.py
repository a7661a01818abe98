"""Save offers: all roles must agree, one refusal ends it, each answers once, and the history has it all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from holdfast.errors.state import HistoryIsAppendOnly

from .conftest import MORNING


@pytest.fixture
def asked(office: Any) -> Any:
    from holdfast.state.case import Case
    from holdfast.state.case_offer import request_offer

    case = Case.objects.create(key="a", signal="usage_decline", severity="high", found_on=date(2026, 3, 1),
                               opened_on=date(2026, 3, 16), opened_at=MORNING)
    return request_offer(case, "price", "A lower price", ("VP", "finance"), "10 % for a year", office.ana)


def lines(asked: Any) -> list[tuple[str, str]]:
    return [(one.body["what"], one.body.get("role", "")) for one in asked.case.events.order_by("pk")]


def test_it_is_approved_when_every_role_has_agreed(office: Any, asked: Any) -> None:
    from holdfast.state.case_offer import answer, offers_of

    assert (asked.state, asked.waits_for) == ("requested", ["VP", "finance"])
    assert answer(asked, "finance", True, "", office.max) is not None
    [found] = offers_of(asked.case)
    assert (found.state, found.waits_for) == ("requested", ["VP"])
    assert answer(asked, "finance", False, "after all not", office.max) is None
    answer(asked, "VP", True, "worth it", office.max)
    [found] = offers_of(asked.case)
    assert (found.state, found.waits_for) == ("approved", [])
    assert lines(asked) == [("requested", ""), ("approved", "finance"), ("approved", "VP")]


def test_one_refusal_ends_it(office: Any, asked: Any) -> None:
    from holdfast.state.case_offer import answer, offers_of

    answer(asked, "VP", False, "money is the last resort", office.max)
    assert answer(asked, "finance", True, "", office.max) is None
    [found] = offers_of(asked.case)
    assert (found.state, found.waits_for) == ("refused", [])
    assert lines(asked) == [("requested", ""), ("refused", "VP")]


def test_a_role_that_was_not_asked_has_no_answer_and_nothing_is_changed(office: Any, asked: Any) -> None:
    from holdfast.state.case_offer import answer

    assert answer(asked, "manager", True, "", office.max) is None
    asked.terms = "20 %"
    with pytest.raises(HistoryIsAppendOnly):
        asked.save()


def test_the_newest_change_of_tier_that_all_have_approved_is_the_approved_one(office: Any, asked: Any) -> None:
    from holdfast.state.case_offer import TIER, answer, approved_tier, request_offer

    case = asked.case
    answer(asked, "VP", True, "", office.max)
    answer(asked, "finance", True, "", office.max)
    assert approved_tier("a") is None
    first = request_offer(case, "growth", "Growth", ("manager",), "They grew", office.ana, TIER)
    assert approved_tier("a") is None
    answer(first, "manager", True, "", office.max)
    second = request_offer(case, "scale", "Scale", ("manager",), "They shrank", office.ana, TIER)
    answer(second, "manager", False, "not yet", office.max)
    found = approved_tier("a")
    assert found is not None
    assert found.offer == "growth"
    assert approved_tier("b") is None
    assert [one.kind for one in case.events.order_by("pk")] == ["offer", "offer", "offer", *["tier"] * 4]


def test_who_asked_takes_it_back_while_it_waits_and_nobody_else(office: Any, asked: Any) -> None:
    from holdfast.state.case_offer import answer, offers_of, withdraw

    assert not withdraw(asked, office.max)
    answer(asked, "VP", True, "", office.max)
    assert withdraw(asked, office.ana)
    [found] = offers_of(asked.case)
    assert (found.state, found.waits_for) == ("withdrawn", [])
    assert answer(asked, "finance", True, "", office.max) is None
    assert not withdraw(asked, office.ana)
    assert lines(asked)[-1] == ("withdrawn", "")
