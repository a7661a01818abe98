"""holdfast.yml: the workspace's own settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from .expression import Expression
from .model import Definition
from .signal import Severity

_HOURS = {"h": 1, "d": 24, "w": 168}


class Scored(Definition):
    """Which accounts are scored: by default those with a subscription active on the day."""

    when: Expression | None = None
    reason: str = "no active subscription"


class EngineSettings(Definition):
    """Which engine does the work, and what it may use."""

    spark: str | None = None
    threads: int | None = None
    memory: str = "1400MB"


class Work(Definition):
    """How much one owner can work on in a week, and from which severity a case has a response clock.

    ``small_places`` of the ``capacity`` are kept for small accounts, which an order by revenue never reaches.
    """

    capacity: Annotated[int, Field(ge=1)] = 20
    small_places: Annotated[int, Field(ge=0)] = 4
    clock_from: Severity = "high"


class Settings(Definition):
    """The content of holdfast.yml."""

    company: str = "Workspace"
    currency: str = "EUR"
    time_zone: str = "UTC"
    masters: Mapping[str, str] = {}
    """record.column, or record, -> source that wins where sources differ"""
    expect: Mapping[str, str] = {}
    """source -> longest age of its newest row, such as 26h or 2d"""
    scored: Scored = Scored()
    hold_above: float = 0.05
    as_of: Literal["newest"] = "newest"
    history: str = "104w"
    """how far back one day a week is stored, the Sunday"""
    daily: str = "90d"
    """how many days up to and with the as-of day are stored one by one; 0d for none"""
    engine: EngineSettings = EngineSettings()
    database: str | None = None
    """address of a PostgreSQL state database; by default SQLite inside the workspace"""
    schedule: str | None = None
    """when the worker runs, such as 06:00 or mon-fri 06:00, 13:00; without it runs are started otherwise"""
    work: Work = Work()
    scorecards: tuple[str, ...] = ()
    """built-in scorecards that are active besides the files in scorecards/"""
    competitors: tuple[str, ...] = ()
    """names of rival products that are looked for in texts"""

    @property
    def weeks(self) -> int:
        """The number of Sundays that are stored."""
        return int(self.history.removesuffix("w"))

    @property
    def days(self) -> int:
        """The number of days up to and with the as-of day that are stored one by one."""
        return int(self.daily.removesuffix("d"))

    def expected_days(self, source: str) -> int | None:
        """The longest age of a source's newest row in whole days, a part of a day counted as one; None: any.

        >>> Settings(expect={"crm": "26h"}).expected_days("crm"), Settings().expected_days("crm")
        (2, None)
        """
        age = self.expect.get(source)
        return None if age is None else -(-int(age[:-1]) * _HOURS[age[-1]] // 24)
