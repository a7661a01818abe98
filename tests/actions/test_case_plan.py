"""What the opening of a case sets going: time to answer, who is drawn in when, tasks; dates by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from holdfast.actions.case_plan import case_plan
from holdfast.definitions.load import builtin
from holdfast.definitions.people import People

PEOPLE = People.model_validate({
    "people": [{"email": "ana@x.test", "team": "north", "reports_to": "max@x.test"}, {"email": "max@x.test"},
               {"email": "eva@x.test", "roles": ["executive sponsor"]}],
    "teams": [{"team": "north", "time_zone": "Europe/Berlin"}],
    "roles": {"VP": "vic@x.test"},
})
OPENED = datetime(2026, 3, 26, 9, 30, tzinfo=UTC)  # Thursday 10:30 in Berlin; summer time begins on Sunday


def plan(signal: str = "champion_left", way: dict[str, Any] | None = None, **more: Any) -> Any:
    row = {"owner": "ana@x.test", "manager": None, "case": {"clock": True, "signal": signal, "way": way}, **more}
    kept = {"north": {"off": ["2026-03-27"], "short": []}}
    return case_plan(row, replace(builtin(), people=PEOPLE), kept, OPENED)


def test_the_shorter_time_to_answer_counts_on_the_calendar_of_the_owners_team() -> None:
    # Friday is off: 24 working hours on from Thursday 10:30 is Monday 10:30, by then in summer time
    monday = datetime(2026, 3, 30, 8, 30, tzinfo=UTC)
    assert plan(way={"name": "champion_departure", "further": []}).respond_by == monday
    assert plan("contract_expiring").respond_by > monday
    assert plan("contract_expiring", {"name": "churn_signal", "further": []}).respond_by == monday


def test_the_steps_that_hold_draw_people_in_at_once_or_after_days() -> None:
    made = plan(way={"name": "health_below_40", "further": [0, 1, 2]})
    assert made.escalation == "health_below_40"
    calls = {call.name: call for call in made.calls}
    first = calls["further 0"]
    assert (first.at, first.to, first.until) == (OPENED, ("vic@x.test",), "closed")
    assert calls["further 1"].at == datetime(2026, 4, 2, 9, 30, tzinfo=UTC)  # 7 days of 24 hours
    assert calls["further 2"].to == ("eva@x.test",)
    assert (calls["no answer"].at, calls["no answer"].to, calls["no answer"].until) == (
        made.respond_by, ("max@x.test",), "first action")


def test_the_playbook_becomes_tasks_and_its_success_is_looked_at_on_its_day() -> None:
    made = plan()
    assert made.playbook == "champion_departure"
    assert [t.number for t in made.tasks] == list(range(1, 13))
    first, fifth, last = made.tasks[0], made.tasks[4], made.tasks[-1]
    assert (first.owner, first.due_on) == ("ana@x.test", date(2026, 3, 26))
    assert fifth.due_on == date(2026, 4, 1)  # day 7
    assert (last.owner_role, last.owner, last.due_on) == ("manager", "max@x.test", date(2026, 4, 24))
    assert made.tasks[2].owner == "eva@x.test"
    success = next(call for call in made.calls if call.name == "no success")
    assert success.at == datetime(2026, 4, 27, 15, tzinfo=UTC)  # 30 days on is a Saturday; Monday 17:00
    assert (success.to, success.until) == (("max@x.test",), "success")


def test_without_a_clock_nothing_starts() -> None:
    made = plan(case={"clock": False})
    assert (made.respond_by, made.calls, made.tasks, made.playbook) == (None, (), (), "")


def test_nobody_is_drawn_in_where_nobody_has_the_role() -> None:
    alone = {"owner": None, "case": {"clock": True, "signal": "champion_left", "way": None}}
    made = case_plan(alone, builtin(), {}, OPENED)
    assert made.calls == ()
