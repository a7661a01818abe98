"""The clocks of cases: working time of owners by the definitions and calendars of the current publish."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from holdfast.actions.working_time import Calendars, WorkingTime, shifted, working_time

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions
    from holdfast.state.models import Case


class Clocks:
    """Working time by owner. Kept for as long as a publish is the current one."""

    def __init__(self, definitions: Definitions, calendars: Calendars) -> None:
        self.definitions = definitions
        self.calendars = calendars
        self._kept: dict[str, WorkingTime] = {}

    @classmethod
    def current(cls) -> Clocks | None:
        """Those of the current publish, with the definitions it was published with; None before the first."""
        from holdfast.definitions.serialise import from_text
        from holdfast.state import runs

        found = runs.current()
        if found is None:
            return None
        return cls(from_text(found.definitions.text), found.run.facts.get("calendars", {}))

    def hours(self, owner: str) -> WorkingTime:
        """When the team of an owner works."""
        if owner not in self._kept:
            self._kept[owner] = working_time(owner or None, self.definitions, self.calendars)
        return self._kept[owner]

    def shift(self, case: Case, deadline: datetime, since: datetime, until: datetime) -> datetime:
        """A deadline of a case later by the working time of its owner between two moments."""
        return shifted(self.hours(case.owner), deadline, since, until)

    def morning(self, owner: str, day: date) -> datetime:
        """When the owner's team begins on ``day``, or on the next day on which it works."""
        hours = self.hours(owner)
        found = hours.hours(hours.last_day(day))
        return found[0] if found else datetime.combine(day, time(), hours.zone).astimezone(UTC)

    def today(self, moment: datetime) -> date:
        """The day by the workspace's clock."""
        return moment.astimezone(ZoneInfo(self.definitions.settings.time_zone)).date()
