"""Cases follow findings, people act on them, every act stands in the history; answers by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.errors.state import HistoryIsAppendOnly
from holdfast.state.database import close_state, open_state

MORNING = datetime(2026, 3, 17, 8, tzinfo=UTC)
TASK = SimpleNamespace(
    number=1, stage="First", do="Call", owner_role="CSM", owner="ana@x.test", due_on=date(2026, 3, 18))


@pytest.fixture
def desk(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The state with somebody in it, and a clock that tests set."""
    open_state(tmp_path / "data", database)
    from holdfast.state import case, case_acts, case_sync, definition_sets, models, runs

    def clock(moment: datetime) -> None:
        monkeypatch.setenv("HOLDFAST_NOW", moment.isoformat())

    clock(MORNING)
    ana = models.User.objects.create_user("ana@x.test")
    yield SimpleNamespace(case=case, acts=case_acts, sync=case_sync, models=models, runs=runs, sets=definition_sets,
                          clock=clock, ana=ana)
    close_state()


def step(signal: str = "usage_decline", severity: str = "high", opened: str = "2026-03-10") -> dict[str, Any]:
    return {"signal": signal, "severity": severity, "opened_on": opened}


def row(name: str, *steps: dict[str, Any], clock: bool = True, owner: str = "ana@x.test") -> dict[str, Any]:
    ranks = ["low", "medium", "high", "very_high", "critical"]
    found = None
    if steps:
        found = {"signal": steps[0]["signal"], "severity": max((s["severity"] for s in steps), key=ranks.index),
                 "clock": clock, "found_on": min(s["opened_on"] for s in steps),
                 "signals": [s["signal"] for s in steps], "success": None}
    return {"account_id": name, "band": "neutral", "owner": owner, "actions": list(steps), "case": found}


def plan(about: Any, opened_at: datetime) -> Any:
    if not about["case"]["clock"]:
        return SimpleNamespace(escalation="", respond_by=None, playbook="", tasks=(), calls=())
    call = SimpleNamespace(name="no answer", at=opened_at + timedelta(days=1), to=("max@x.test",), why="nobody",
                           until="first action")
    return SimpleNamespace(escalation="drop", respond_by=opened_at + timedelta(days=1), playbook="usage_decline",
                           tasks=(TASK,), calls=(call,))


def publish(desk: Any, day: str, *rows: dict[str, Any]) -> None:
    run = desk.runs.start(date.fromisoformat(day), desk.sets.remember("h", "h"), {}, "0")
    desk.runs.publish(run, {}, rows, {}, lambda found: desk.sync.sync(found, rows, plan))


def the_case(desk: Any, key: str = "a") -> Any:
    return desk.models.Case.objects.get(key=key)


def kinds(desk: Any, key: str = "a") -> list[str]:
    return list(the_case(desk, key).events.order_by("pk").values_list("kind", flat=True))


def test_a_case_opens_once_with_clock_tasks_and_history(desk: Any) -> None:
    for day in ("2026-03-16", "2026-03-16", "2026-03-17"):
        publish(desk, day, row("a", step(), step("seats_unused", "medium", "2026-03-01")), row("b"))
    case = the_case(desk)
    assert desk.models.Case.objects.count() == 1
    assert (case.state, case.severity, case.owner, case.round) == ("new", "high", "ana@x.test", 1)
    assert (case.opened_on, case.found_on, case.days_to_detection) == (date(2026, 3, 16), date(2026, 3, 1), 15)
    assert case.respond_by == MORNING + timedelta(days=1)
    assert sorted(case.findings.values_list("signal", flat=True)) == ["seats_unused", "usage_decline"]
    assert list(case.tasks.values_list("do", "owner")) == [("Call", "ana@x.test")]
    assert list(case.jobs.values_list("key", flat=True)) == ["call a 1 no answer"]
    assert kinds(desk) == ["opened"]


def test_a_back_fill_keeps_the_case_and_an_earlier_day_leaves_cases_alone(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    publish(desk, "2026-03-16", row("a", step(opened="2026-02-01")))
    assert desk.models.Case.objects.count() == 1
    assert the_case(desk).findings.get().opened_on == date(2026, 2, 1)
    publish(desk, "2026-02-01", row("z", step()))
    assert (desk.models.Case.objects.count(), the_case(desk).state) == (1, "new")


def test_more_findings_join_the_case_and_worse_ones_raise_it(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step(severity="medium"), clock=False))
    assert the_case(desk).respond_by is None
    publish(desk, "2026-03-17", row("a", step(severity="critical"), step("merger", "medium")))
    assert the_case(desk).severity == "critical"
    assert the_case(desk).respond_by == MORNING + timedelta(days=1)
    assert kinds(desk) == ["opened", "worse", "clock"]


def test_a_case_clears_with_its_findings_and_opens_again_when_one_comes_back(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    publish(desk, "2026-03-17", row("a"))
    case = the_case(desk)
    assert (case.state, case.outcome) == ("closed", "cleared")
    assert desk.acts.verdicts() == {}
    desk.clock(MORNING + timedelta(days=9))
    publish(desk, "2026-03-25", row("a", step(opened="2026-03-24")))
    case = the_case(desk)
    assert (case.state, case.round, case.found_on, case.outcome) == ("new", 2, date(2026, 3, 24), "")
    assert case.respond_by == MORNING + timedelta(days=10)
    assert sorted(case.jobs.values_list("key", flat=True)) == ["call a 1 no answer", "call a 2 no answer"]
    assert kinds(desk) == ["opened", "cleared", "reopened"]


def test_a_closed_case_stays_closed_until_something_is_new_or_worse(desk: Any) -> None:
    rows = [row("a", step(severity="medium"))]
    publish(desk, "2026-03-16", *rows)
    desk.acts.resolve([the_case(desk)], desk.case.Outcome.ACTED, desk.ana)
    assert desk.sync.settled(rows) == {"a"}
    publish(desk, "2026-03-17", row("a", step(severity="medium", opened="2026-03-02")))
    assert the_case(desk).state == "closed"
    assert desk.sync.settled([row("a", step(severity="high"))]) == set()
    publish(desk, "2026-03-18", row("a", step(severity="high")))
    assert (the_case(desk).state, the_case(desk).round) == ("new", 2)


def test_closing_judges_every_open_finding_and_undoing_takes_the_judgement_back(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step(), step("merger")), row("b", step()), row("c", step()))
    cases = list(desk.models.Case.objects.order_by("key"))
    desk.clock(MORNING + timedelta(hours=3))
    desk.acts.resolve(cases[:1], desk.case.Outcome.ACTED, desk.ana)
    batch = desk.acts.resolve(cases[1:], desk.case.Outcome.WRONG_DATA, desk.ana)
    assert desk.acts.verdicts() == {"merger": (1, 1), "usage_decline": (1, 3)}
    assert the_case(desk).first_action_at == MORNING + timedelta(hours=3)
    assert desk.acts.undo(batch, desk.ana) == 2
    assert desk.acts.verdicts() == {"merger": (1, 1), "usage_decline": (1, 1)}
    assert (the_case(desk, "b").state, the_case(desk, "b").first_action_at) == ("new", None)
    assert kinds(desk, "b") == ["opened", "closed", "undone"]
    assert desk.acts.undo(batch, desk.ana) == 0


def test_undo_leaves_what_somebody_else_changed_since(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    max_ = desk.models.User.objects.create_user("max@x.test")
    batch = desk.acts.assign([the_case(desk)], "ben@x.test", desk.ana)
    assert desk.acts.undo(batch, max_) == 0
    desk.acts.touch(the_case(desk), "call", "reached nobody", max_)
    assert desk.acts.undo(batch, desk.ana) == 0
    assert (the_case(desk).owner, the_case(desk).state) == ("ben@x.test", "working")
    publish(desk, "2026-03-17", row("a", step(), owner="new@x.test"))
    assert the_case(desk).owner == "ben@x.test"


def snoozed(desk: Any, *, wake_if_worse: bool = True) -> str:
    publish(desk, "2026-03-16", row("a", step(severity="high")))
    found: str = desk.acts.snooze([the_case(desk)], date(2026, 3, 30), "budget talks", wake_if_worse, desk.ana,
                                  lambda _: datetime(2026, 3, 30, 6, tzinfo=UTC))
    return found


def test_a_snoozed_case_wakes_when_it_gets_worse_and_not_when_it_stays(desk: Any) -> None:
    snoozed(desk)
    assert the_case(desk).jobs.get(kind="call").held
    publish(desk, "2026-03-17", row("a", step(severity="high"), step("seats_unused", "medium")))
    assert the_case(desk).state == "snoozed"
    desk.clock(MORNING + timedelta(days=2))
    publish(desk, "2026-03-18", row("a", step(severity="critical")))
    case = the_case(desk)
    assert (case.state, case.woke, case.respond_by) == ("new", "it got worse", MORNING + timedelta(days=3))
    assert case.jobs.get(kind="call").due_at == MORNING + timedelta(days=3)
    assert not case.jobs.get(kind="call").held


def test_who_asked_not_to_be_woken_is_not(desk: Any) -> None:
    snoozed(desk, wake_if_worse=False)
    publish(desk, "2026-03-18", row("a", step(severity="critical")))
    assert the_case(desk).state == "snoozed"


def test_a_paused_clock_goes_on_where_it_stopped(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    desk.acts.pause(the_case(desk), "waits for the customer's lawyer", desk.ana)
    assert the_case(desk).jobs.get().held
    desk.clock(MORNING + timedelta(days=4))
    desk.acts.resume(the_case(desk), desk.ana, lambda case, due, since, until: due + (until - since))
    case = the_case(desk)
    assert (case.paused_at, case.respond_by) == (None, MORNING + timedelta(days=5))
    assert (case.jobs.get().due_at, case.jobs.get().held) == (MORNING + timedelta(days=5), False)


def test_doing_a_task_is_a_first_action_and_can_be_undone(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    batch = desk.acts.do_task(the_case(desk).tasks.get(), True, desk.ana)
    assert (the_case(desk).state, the_case(desk).tasks.get().done_by) == ("working", desk.ana)
    assert desk.acts.undo(batch, desk.ana) == 1
    assert (the_case(desk).state, the_case(desk).tasks.get().done_at) == ("new", None)


def test_the_history_is_append_only(desk: Any) -> None:
    publish(desk, "2026-03-16", row("a", step()))
    event = the_case(desk).events.get()
    with pytest.raises(HistoryIsAppendOnly):
        event.save()
    with pytest.raises(HistoryIsAppendOnly):
        event.delete()
