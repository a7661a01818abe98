"""A metric: one definition, valid at any as-of date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .expression import Expression
from .model import Definition

Direction = Literal["up", "down", "none"]
Horizon = Literal["leading", "coincident", "lagging"]
MetricLevel = Literal["activity", "engagement", "adoption", "value"]
PRIMITIVES = (
    "count", "sum", "average", "median", "distinct", "latest", "days_since", "days_until", "share", "ratio",
    "change", "baseline", "slope", "percentile", "weighted", "expression", "kernel",
)


class OverRows(Definition):
    """count, sum, average, median, share: an aggregate over the rows of a record in the window.

    ``of`` is an expression over the record's columns (for share: the condition that is counted);
    ``where`` limits the rows (for share: the base); ``by`` is the date column that places a row in the
    window, by default the record's own date. Without a window all rows up to the as-of day count.
    """

    of: Expression | None = None
    where: Expression | None = None
    by: str | None = None


class Distinct(Definition):
    """How many different values of one column occur in the window: ``user_id``, ``feature``, ``session_id``, ..."""

    of: str
    where: Expression | None = None
    by: str | None = None


class Latest(Definition):
    """The value on the newest row up to the as-of day; ties go to the larger record key."""

    of: Expression
    where: Expression | None = None
    by: str | None = None


class Days(Definition):
    """Days between the as-of day and the nearest date: the last one passed, or the next one to come."""

    by: str
    where: Expression | None = None


class Ratio(Definition):
    """One metric divided by another; null where the base is zero or missing."""

    of: str
    to: str


class Change(Definition):
    """Relative change of a metric against its value ``over`` days earlier; null where that was zero.

    ``kind: difference`` gives the difference instead.
    """

    of: str
    over: str
    kind: Literal["relative", "difference"] = "relative"


class Baseline(Definition):
    """Relative distance of a metric to the mean of its own values over the previous complete weeks."""

    of: str
    weeks: int = 24
    at_least: int = 8


class Slope(Definition):
    """Robust (Theil-Sen) slope a week of log(1 + metric) over complete ISO weeks."""

    of: str
    weeks: int = 13
    at_least: int = 6


class Percentile(Definition):
    """Share of scored accounts at the same day with a lower value (half of the ties), 0 to 1."""

    of: str
    among: str | None = None


class Weighted(Definition):
    """Sum over events of count x weight; names that are not listed weigh nothing."""

    weights: Mapping[str, float]
    by: Literal["name", "feature"] = "name"


class Kernel(Definition):
    """A declared NumPy function over the named metrics or series."""

    name: str
    of: tuple[str, ...] = ()
    with_: Mapping[str, float | str] = {}


class Metric(Definition):
    """A metric of the catalogue. Exactly one of the primitives is given.

    ``empty`` says what no rows mean while the record's source is connected: ``zero`` or ``missing``.
    ``manual`` marks metrics that a person typed (pulse, claims, roles): a change in them is a manual
    cause. ``labels`` gives names to the values of a metric that stands for categories.
    """

    name: str
    label: str
    words: str
    unit: str = "count"
    direction: Direction = "none"
    horizon: Horizon = "coincident"
    level: MetricLevel = "activity"
    actionable: bool = True
    manual: bool = False
    is_not: str = ""
    family: str = ""
    record: str | None = None
    window: str | None = None
    empty: Literal["zero", "missing"] = "missing"
    labels: Mapping[float, str] = {}

    count: OverRows | None = None
    sum: OverRows | None = None
    average: OverRows | None = None
    median: OverRows | None = None
    distinct: Distinct | None = None
    latest: Latest | None = None
    days_since: Days | None = None
    days_until: Days | None = None
    share: OverRows | None = None
    ratio: Ratio | None = None
    change: Change | None = None
    baseline: Baseline | None = None
    slope: Slope | None = None
    percentile: Percentile | None = None
    weighted: Weighted | None = None
    expression: Expression | None = None
    kernel: Kernel | None = None

    @property
    def primitive(self) -> str:
        """The name of the primitive that is given."""
        return next(name for name in PRIMITIVES if getattr(self, name) is not None)

    @property
    def window_days(self) -> int | None:
        """Length of the window in days; None where every row up to the day counts."""
        return None if self.window is None else int(self.window.removesuffix("d"))
