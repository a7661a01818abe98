"""What is said about the whole portfolio, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from holdfast.signals.detectors.portfolio_findings import portfolio_findings

WEEK = timedelta(days=7)
SUNDAY = date(2026, 3, 1)


def _week(number: int, index: float, down: float = 0.0, up: float = 0.0) -> dict[str, Any]:
    return {"as_of": SUNDAY + WEEK * number, "usage_index": index, "usage_index_event": float(abs(index - 1) >= 0.15),
            "usage_down_share": down, "usage_up_share": up}


def test_an_outage_lowers_everybody_and_is_one_finding_of_several_weeks() -> None:
    found, = portfolio_findings([_week(0, 1.0), _week(1, 0.6), _week(2, 0.4), _week(3, 1.0)])
    assert (found.kind, found.first_week, found.last_week) == ("outage", SUNDAY + WEEK, SUNDAY + WEEK * 2)
    assert found.size == 0.4 - 1
    assert [row["usage_index"] for row in found.evidence] == [0.6, 0.4]


def test_some_accounts_that_lose_all_are_a_break_of_the_tracking() -> None:
    found, = portfolio_findings([_week(0, 0.7, down=0.28)])
    assert found.kind == "tracking_break"
    assert portfolio_findings([_week(0, 0.7, down=0.1)])[0].kind == "outage"


def test_nothing_left_is_a_break_even_beside_a_dip_a_year_ago() -> None:
    found = portfolio_findings([_week(-52, 0.5), _week(0, 0.05, down=1.0)])
    assert [f.kind for f in found] == ["outage", "tracking_break"]


def test_a_holiday_is_known_by_the_calendar_or_by_last_year() -> None:
    assert portfolio_findings([_week(0, 0.5)], [SUNDAY - timedelta(days=2)])[0].kind == "holiday"
    assert portfolio_findings([_week(0, 0.5)], [SUNDAY + timedelta(days=9)])[0].kind == "outage"
    assert [f.kind for f in portfolio_findings([_week(-53, 0.6), _week(0, 0.5)])] == ["outage", "holiday"]


def test_a_rise_is_a_surge_of_the_tracking() -> None:
    found, = portfolio_findings([_week(0, 2.0, up=0.4)])
    assert (found.kind, found.size) == ("tracking_surge", 1.0)


def test_days_of_one_week_say_the_same_thing_once_and_unknown_weeks_nothing() -> None:
    friday = {**_week(0, 0.5), "as_of": SUNDAY + timedelta(days=5)}
    assert portfolio_findings([_week(0, 0.5), friday]) == portfolio_findings([_week(0, 0.5)])
    assert not portfolio_findings([{**_week(0, 0.5), "usage_index": None}])
