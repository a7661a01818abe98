"""The days that the address of an account page asks for: which day, by which clock, and since when the change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from holdfast.errors.workspace import WrongOption
from holdfast.reports.words import day_full, plural

EARLIEST = date(1970, 1, 2)
"""No day before it is computed."""
CLOCKS = {"known": "as now known", "believed": "as believed then"}


@dataclass(frozen=True)
class Days:
    """``newest`` is the published day. Without ``as_of`` that one is shown; ``since`` is a date or ``30d``."""

    newest: date
    as_of: date | None = None
    clock: str | None = None
    since: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, str], newest: date) -> Days:
        """Read from the address; WrongOption where a day or the clock cannot be meant."""
        as_of, clock = values.get("as_of", "").strip(), values.get("clock", "").strip()
        shown = _day("As of", as_of, newest) if as_of else newest
        if clock and clock not in CLOCKS:
            raise WrongOption(option="Clock", value=clock[:40], reason="there are two clocks",
                              hint=f"choose {' or '.join(CLOCKS.values())}")
        since = values.get("since", "").strip()
        _check_since(since, shown)
        return cls(newest, shown if shown < newest else None, clock or None, since or None)

    @property
    def shown(self) -> date:
        """The day that the page shows."""
        return self.as_of or self.newest

    @property
    def past(self) -> bool:
        """Whether the page shows another day than the published one, or that one as it was believed."""
        return self.as_of is not None or self.clock == "believed"

    def address(self, **changes: str) -> str:
        """The same with changes, as the query part of an address; empty where nothing is asked for.

        >>> Days(date(2026, 6, 30), date(2026, 3, 1), "believed", "30d").address(since="")
        'as_of=2026-03-01&clock=believed'
        """
        values = {"as_of": self.as_of.isoformat() if self.as_of else "", "clock": self.clock or "",
                  "since": self.since or ""} | changes
        return urlencode({name: value for name, value in values.items() if value})

    def shown_on(self, path: str, start: str | None) -> dict[str, Any]:
        """What the forms and the banner of the page at ``path`` show; ``start`` is the day from which it explains."""
        ago, back = (self.newest - self.shown).days, self.address(as_of="", clock="")
        return {
            "since": self.since or "", "clock": self.clock or "", "believed": self.clock == "believed",
            "shown": self.shown.isoformat(), "words": day_full(self.shown),
            "newest": self.newest.isoformat(), "newest_words": day_full(self.newest),
            "start": start or "", "latest_start": (self.shown - timedelta(days=1)).isoformat(),
            "ago": f"{plural(ago, 'day')} before the newest" if ago else "the newest day",
            "today": f"{path}?{back}" if back else path,
        }


def _day(what: str, text: str, newest: date, late: str = "nothing is known of this day yet") -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise _wrong(what, text, "this is no date", newest) from None
    if not EARLIEST <= found <= newest:
        raise _wrong(what, text, late if found > newest else "no data go back so far", newest)
    return found


def _check_since(since: str, end: date) -> None:
    days = re.fullmatch(r"([1-9]\d{0,3})d", since, re.ASCII)
    text = (end - timedelta(days=int(days[1]))).isoformat() if days else since
    if text:
        _day("Change since", text, end - timedelta(days=1), f"the day is not before {day_full(end)}")


def _wrong(what: str, text: str, reason: str, newest: date) -> WrongOption:
    return WrongOption(option=what, value=text[:40], reason=reason, hint=f"choose a day up to {day_full(newest)}")
