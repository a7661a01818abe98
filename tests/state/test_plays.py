"""What was done in a case, as marks of the account's history."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from .conftest import MORNING


def here(personal: bool = True) -> Any:
    settings = SimpleNamespace(time_zone="Europe/Berlin")
    workspace = SimpleNamespace(site=SimpleNamespace(definitions=SimpleNamespace(settings=settings)))
    return SimpleNamespace(workspace=workspace, scope=SimpleNamespace(personal=personal))


def test_touches_and_ends_are_marks_until_they_are_taken_back(office: Any) -> None:
    from holdfast.state import case_acts
    from holdfast.state.case import Case, Outcome
    from holdfast.web.plays import play_marks

    case = Case.objects.create(key="a", signal="usage_decline", severity="high", found_on=date(2026, 3, 1),
                               opened_on=date(2026, 3, 16), opened_at=MORNING)
    case_acts.touch(case, "call", "Mrs Sandmann <b>agrees</b>", office.ana)
    office.clock(MORNING + timedelta(days=1))
    closed = case_acts.resolve([case], Outcome.ACTED, office.ana)
    day, next_day = MORNING.date().isoformat(), (MORNING + timedelta(days=1)).date().isoformat()
    assert play_marks("a", here()) == [
        {"day": day, "words": "Call", "line": "Call: Mrs Sandmann <b>agrees</b>"},
        {"day": next_day, "words": "Case closed: acted", "line": "Case closed: acted"},
    ]
    assert [one["line"] for one in play_marks("a", here(personal=False))] == ["Call", "Case closed: acted"]
    assert case_acts.undo(closed, office.ana) == 1
    assert [one["words"] for one in play_marks("a", here())] == ["Call"]
    assert play_marks("b", here()) == []
