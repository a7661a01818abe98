"""From which day a change is explained."""

from __future__ import annotations

import re
from datetime import date, timedelta

from holdfast.errors.workspace import WrongOption

DEFAULT = 30


def start_day(since: str | date | None, end: date) -> date:
    """A date, so many days before ``end`` (``30d``), or 30 days before it.

    >>> start_day("7d", date(2026, 1, 31)), start_day(None, date(2026, 1, 31))
    (datetime.date(2026, 1, 24), datetime.date(2026, 1, 1))
    """
    if since is None:
        return end - timedelta(days=DEFAULT)
    if isinstance(since, date):
        start = since
    elif re.fullmatch(r"\d{1,5}d", since):
        start = end - timedelta(days=int(since[:-1]))
    else:
        try:
            start = date.fromisoformat(since)
        except ValueError:
            raise WrongOption(
                option="--since", value=since, reason="this is neither a date nor a number of days",
                hint="write --since 2026-01-31 or --since 30d",
            ) from None
    if start >= end:
        raise WrongOption(
            option="--since", value=since, reason=f"the day is not before {end.isoformat()}", hint="name an earlier day"
        )
    return start
