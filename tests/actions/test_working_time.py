"""Deadlines on the clock of a team: weekends, holidays, short days and the change to summer time, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from holdfast.actions.working_time import WorkingTime, calendars_of, working_time
from holdfast.definitions.load import builtin
from holdfast.definitions.people import People

BERLIN = WorkingTime(
    ZoneInfo("Europe/Berlin"), opens=time(9), minutes=480, off=frozenset({date(2026, 4, 3), date(2026, 4, 6)}),
    short=frozenset({date(2026, 12, 24)}),
)
"""Monday to Friday, 9 to 17; Good Friday and Easter Monday off, Christmas Eve until 13. Summer time from 29 March."""


def at(text: str) -> datetime:
    """A moment by the clock of Berlin, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


@pytest.mark.parametrize(("start", "due", "deadline"), [
    ("2026-03-17 10:30", "same day", "2026-03-17 17:00"),
    ("2026-03-17 18:30", "same day", "2026-03-18 17:00"),
    ("2026-03-17 10:30", "24h", "2026-03-18 10:30"),
    ("2026-03-27 10:30", "24h", "2026-03-30 10:30"),  # over a weekend and the change to summer time
    ("2026-03-27 10:30", "48h", "2026-03-31 10:30"),
    ("2026-04-02 10:30", "24h", "2026-04-07 10:30"),  # over Easter
    ("2026-03-28 12:00", "24h", "2026-03-31 09:00"),  # a Saturday counts from Monday's opening
    ("2026-03-17 20:00", "24h", "2026-03-19 09:00"),
    ("2026-03-17 07:00", "24h", "2026-03-18 09:00"),
    ("2026-03-17 15:00", "4h", "2026-03-18 11:00"),
    ("2026-03-17 10:00", "36h", "2026-03-19 14:00"),  # a day later at 10, and 12 hours of work: 7 and 5
    ("2026-12-23 16:00", "24h", "2026-12-24 13:00"),  # the short day ends before 16 o'clock
    ("2026-03-20 10:30", "7d", "2026-03-27 17:00"),
    ("2026-03-27 10:30", "7d", "2026-04-07 17:00"),  # Good Friday, weekend, Easter Monday
    ("2026-10-23 10:30", "24h", "2026-10-26 10:30"),  # back to winter time
])
def test_deadlines(start: str, due: str, deadline: str) -> None:
    assert BERLIN.deadline(at(start), due) == at(deadline)


def test_a_day_of_work_lasts_eight_hours_on_both_sides_of_the_change() -> None:
    assert BERLIN.deadline(at("2026-03-27 10:30"), "24h") - at("2026-03-27 10:30") == timedelta(days=3, hours=-1)
    assert BERLIN.between(at("2026-03-27 12:00"), at("2026-03-31 12:00")) == timedelta(hours=16)
    assert BERLIN.between(at("2026-03-27 17:00"), at("2026-03-30 09:00")) == timedelta()
    assert BERLIN.between(at("2026-04-02 16:00"), at("2026-04-07 10:00")) == timedelta(hours=2)
    assert BERLIN.between(at("2026-03-31 12:00"), at("2026-03-27 12:00")) == timedelta()


def test_adding_is_the_inverse_of_counting() -> None:
    start = at("2026-03-27 12:00")
    for hours in (1, 5, 8, 16, 40):
        assert BERLIN.between(start, BERLIN.add(start, timedelta(hours=hours))) == timedelta(hours=hours)


def test_a_night_shift_through_the_change_loses_the_hour_that_does_not_exist() -> None:
    night = replace(BERLIN, days=frozenset(range(7)), opens=time(22), minutes=480)
    assert night.between(at("2026-03-28 22:00"), at("2026-03-29 06:00")) == timedelta(hours=7)
    assert night.between(at("2026-10-24 22:00"), at("2026-10-25 06:00")) == timedelta(hours=9)
    assert night.deadline(at("2026-03-26 01:30"), "24h") == at("2026-03-27 01:30")


def test_a_team_that_never_works_has_the_whole_clock() -> None:
    never = replace(BERLIN, days=frozenset())
    assert never.deadline(at("2026-03-17 10:30"), "4h") == at("2026-03-17 14:30")


def test_the_clock_is_that_of_the_owners_team() -> None:
    people = People.model_validate({
        "people": [{"email": "ana@x.test", "team": "gulf"}, {"email": "ben@x.test"}],
        "teams": [{"team": "gulf", "days": ["sun", "mon", "tue", "wed", "thu"], "hours": "08:00-16:00",
                   "time_zone": "Asia/Dubai"}],
    })
    kept = calendars_of([{"team": "gulf", "date": date(2026, 3, 19), "kind": "holiday"},
                         {"team": "gulf", "date": date(2026, 3, 18), "kind": "short"}])
    definitions = replace(builtin(), people=people)
    gulf = working_time("Ana@x.test", definitions, kept)
    # Tuesday 17 March 14:00 in Dubai: Wednesday ends at noon, Thursday is off, then Sunday
    start = datetime(2026, 3, 17, 10, tzinfo=UTC)
    assert gulf.deadline(start, "48h") == datetime(2026, 3, 22, 10, tzinfo=UTC)
    assert gulf.deadline(start, "24h") == datetime(2026, 3, 18, 8, tzinfo=UTC)
    assert working_time("ben@x.test", definitions, kept).deadline(start, "same day") == datetime(
        2026, 3, 17, 17, tzinfo=UTC)
