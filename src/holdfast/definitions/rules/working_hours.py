"""Teams work on days and in hours that exist, and the worker runs at times that do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.schedule import DAYS, Schedule

from .rule import Rule

HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


class WorkingHours(Rule):
    """Teams work on days and in hours that exist, and the worker runs at times that do."""

    ids = ("HF-E120", "HF-E121")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for team in draft.people.teams:
            if not HOURS.fullmatch(team.hours):
                yield self.found("HF-E120", team.at("hours"), f"{team.hours!r} are no hours of a day",
                                 "write 09:00-17:00")
            for number, day in enumerate(team.days):
                if day not in DAYS:
                    yield self.found("HF-E120", team.at("days", number), f"{day!r} is not a day of the week",
                                     f"one of: {', '.join(DAYS)}", nearest(day, DAYS))
        text = draft.settings.schedule
        if text is not None and Schedule.parse(text) is None:
            yield self.found("HF-E121", draft.settings.at("schedule"), f"{text!r} is not a time to run at",
                             "write 06:00, or mon-fri 06:00, 13:00")
