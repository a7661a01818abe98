"""The cases held in memory are those of the database after every change, whoever made it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.state.test_cases import MORNING, desk, publish, row, step, the_case

__all__ = ["desk"]


@pytest.fixture
def live(desk: Any) -> Any:
    """Held cases of two accounts, read once."""
    from holdfast.state.live_cases import LiveCases

    publish(desk, "2026-03-16", row("a", step()), row("b", step("seats_unused", "medium")))
    found = LiveCases()
    assert sorted(found.by_key()) == ["a", "b"]
    return found


def stored(desk: Any) -> dict[str, Any]:
    return {case.key: case for case in desk.models.Case.objects.all()}


def plain(cases: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = [field.attname for field in next(iter(cases.values()))._meta.concrete_fields]
    return {key: {name: getattr(case, name) for name in names} for key, case in cases.items()}


def test_every_act_and_its_undoing_shows_at_the_next_look(desk: Any, live: Any) -> None:
    case, until = the_case(desk), date(2026, 3, 20)
    acts = [
        lambda: desk.acts.touch(case, "call", "spoke", desk.ana),
        lambda: desk.acts.assign([case], "max@x.test", desk.ana),
        lambda: desk.acts.pause(case, "they answer", desk.ana),
        lambda: desk.acts.resume(case, desk.ana, lambda one, due, since, now: due),
        lambda: desk.acts.snooze([case], until, "later", True, desk.ana, lambda one: MORNING + timedelta(days=3)),
        lambda: desk.acts.wake(case, "its day has come", lambda one, due, since, now: due),
        lambda: desk.acts.undo(desk.acts.resolve([case], desk.case.Outcome.ACTED, desk.ana), desk.ana),
        lambda: desk.acts.resolve([case, the_case(desk, "b")], desk.case.Outcome.ACTED, desk.ana),
    ]
    for act in acts:
        act()
        assert plain(live.by_key()) == plain(stored(desk))


def test_a_look_without_a_change_reads_no_case(desk: Any, live: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    before = live.by_key()
    with CaptureQueriesContext(connection) as asked:
        assert live.by_key() is before
    assert len(asked) == 1


def test_a_line_of_history_that_comes_to_be_seen_late_is_not_missed(desk: Any, live: Any) -> None:
    """Two writers at once: the later number may be there first."""
    newest = desk.models.CaseEvent.objects.order_by("-pk").first()
    later = desk.models.CaseEvent(pk=newest.pk + 2, case=the_case(desk, "b"), at=MORNING, kind="touch")
    desk.models.CaseEvent.objects.bulk_create([later])
    assert live.by_key()["a"].state == "new"
    case = the_case(desk)
    case.state = desk.case.CaseState.WORKING
    case.save()
    desk.models.CaseEvent.objects.bulk_create([
        desk.models.CaseEvent(pk=newest.pk + 1, case=case, at=MORNING, kind="touch")])
    assert live.by_key()["a"].state == "working"
    assert live.by_key()["b"].state == "new"


def test_long_histories_are_followed_too(desk: Any, live: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.state import live_cases

    monkeypatch.setattr(live_cases, "OVERLAP", 3)
    for _ in range(4):
        for key in ("a", "b", "a"):
            desk.acts.touch(the_case(desk, key), "call", "spoke", desk.ana)
            assert plain(live.by_key()) == plain(stored(desk))
