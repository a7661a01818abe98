"""The mark "green, investigated" in words: on the account page, and on the row of the worklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.charts.bands import band_of
from holdfast.clock import now
from holdfast.reports.words import clean, day_full, day_short
from holdfast.state.green_mark import LONGEST, GreenMark

from .desk import Desk
from .notes import WITHHELD
from .staff import staff_name

HOLDS = timedelta(days=90)
"""How long a mark holds where nobody says otherwise."""
AT_MOST = timedelta(days=366)
"""The longest that a mark may hold."""


def green_mark_panel(marks: Sequence[GreenMark], here: Desk, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the panel of green checks shows of the investigations. ``row``: the published row of the account."""
    zone = ZoneInfo(here.workspace.site.definitions.settings.time_zone)
    today = now().astimezone(zone).date()
    listed = [_shown(one, here, zone, today) for one in marks]
    return {
        "green_more": "holdfast/_green_mark.html",
        "green_mark": listed[0] if listed else None, "green_marks_before": listed[1:],
        "mark_longest": LONGEST, "mark_until": (today + HOLDS).isoformat(), "mark_first": today.isoformat(),
        "mark_last": (today + AT_MOST).isoformat(), "may_mark": "cases" in here.scope.areas,
        "green_now": row["color"] == "green",
    }


def mark_tag(one: GreenMark, today: date) -> tuple[str, str]:
    """Kind and words of the tag on a row of the worklist.

    >>> mark_tag(GreenMark(safe=True, expires_on=date(2026, 5, 1)), date(2026, 3, 1))
    ('good', 'Found safe, to 1 May')
    >>> mark_tag(GreenMark(safe=False, expires_on=date(2026, 5, 1)), date(2026, 5, 2))
    ('', 'Mark expired 1 May')
    """
    day = day_short(one.expires_on, one.expires_on)
    if one.expires_on < today:
        return "", f"Mark expired {day}"
    return ("good", f"Found safe, to {day}") if one.safe else ("crit", f"Not safe, to {day}")


def _shown(one: GreenMark, here: Desk, zone: ZoneInfo, today: date) -> dict[str, Any]:
    over = one.expires_on < today
    day = day_short(one.expires_on, today)
    return {
        "on": day_full(one.at.astimezone(zone).date()), "author": staff_name(one.author.email, here),
        "safe": one.safe, "verdict": "safe" if one.safe else "not safe", "over": over,
        "expiry": f"expired {day}" if over else f"holds until {day}",
        "band": band_of(one.band).word.lower(), "as_of": day_short(one.as_of, today),
        "found": clean(one.found) if here.scope.personal else "", "withheld": "" if here.scope.personal else WITHHELD,
    }
