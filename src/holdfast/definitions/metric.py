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
    "change", "baseline", "slope", "percentile", "weighted", "users", "steps", "expression", "kernel",
    "detector", "found",
)
EVENT_FLAGS = ("is_login", "is_core", "is_expansion", "is_advanced", "is_key")
"""Names that conditions over events may use besides the columns: what features.yml says about the row."""
ROW_NAMES = ("as_of", "until")
"""Names that conditions over rows may use besides the columns: the day, and its exclusive end in UTC."""


class OverRows(Definition):
    """count, sum, average, median, share: an aggregate over the rows of a record in the window.

    ``of`` is an expression over the record's columns (for share: the condition that is counted);
    ``where`` limits the rows (for share: the base); ``by`` is the date column that places a row in the
    window, by default the record's own date. Without a window all rows up to the as-of day count.
    A count ``of`` a condition that is unknown on every row of the window is unknown, not zero.
    ``whole_base`` counts the events of all accounts instead of the account's own. Events without a
    condition on ``channel`` count the person channel only.
    """

    of: Expression | None = None
    where: Expression | None = None
    by: str | None = None
    whole_base: bool = False


class Distinct(Definition):
    """How many different values of one column occur in the window: ``user_id``, ``feature``, ``session_id``, ...

    Over events also ``day`` and ``user_day`` (pairs of a user and a day). ``out_of`` divides by the number
    of features that features.yml lists in that class.
    """

    of: str
    where: Expression | None = None
    by: str | None = None
    out_of: Literal["core", "expansion", "advanced", "key"] | None = None


class Latest(Definition):
    """The value on the newest row up to the as-of day; ties go to the larger record key."""

    of: Expression
    where: Expression | None = None
    by: str | None = None


class Days(Definition):
    """Days between the as-of day and the nearest date: the last one passed, or the next one to come.

    ``each: key`` over events asks it of every key (or core) feature that was ever used, and takes the longest.
    """

    by: str
    where: Expression | None = None
    each: Literal["key", "core"] | None = None


class Ratio(Definition):
    """One metric divided by another; null where the base is zero or missing."""

    of: str
    to: str


class Change(Definition):
    """Relative change of a metric against its value ``over`` days earlier; null where that was zero.

    ``over: week`` compares the end of the last complete ISO week with the week before, ``over: month`` the
    end of the last complete calendar month with the month before. ``kind: difference`` gives the difference.
    """

    of: str
    over: str
    kind: Literal["relative", "difference"] = "relative"


class Baseline(Definition):
    """Relative distance of a metric to its own values at the ends of the previous complete ISO weeks.

    The value is the one at the end of the last complete week; ``against`` is the mean or the peak of the
    ``weeks`` before it.
    """

    of: str
    weeks: int = 24
    at_least: int = 8
    against: Literal["mean", "peak"] = "mean"


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
    """Sum over events of count x weight; names that are not listed weigh nothing.

    ``by: class`` weighs by the class of the feature: login, core, expansion, advanced, other.
    """

    weights: Mapping[str, float]
    by: Literal["name", "feature", "class"] = "name"
    where: Expression | None = None


class Users(Definition):
    """A number over the single users of an account, from their events of the person channel.

    ``top_share``: share of the actions that the most active user did. ``top_has_budget``: whether that user is
    a present contact recorded as sponsor, budget holder or decision maker. ``power_share``: share of the active
    users with more active days than ``percentile`` of all users of the base. ``workflow_share``: share of
    the active users who did every step of the core workflow. ``activation``: share of the users first seen
    in the window that ended ``days`` days ago who were active on ``at_least`` days of their first ``days``.
    ``champion_idle``, ``key_idle``, ``power_idle``: days since the champions, the most active user of the
    window, or (on average) the power users of the window before the last 30 days were last active.
    """

    take: Literal["top_share", "top_has_budget", "power_share", "workflow_share", "activation", "champion_idle",
                  "key_idle", "power_idle"]
    percentile: float = 0.8
    days: int = 14
    at_least: int = 3


class Steps(Definition):
    """Which steps an account has ever done: those of the core ``workflow`` or the adoption ``milestones``.

    ``done`` counts them, ``share`` divides by all, ``overdue`` counts those not done although due, and
    ``days_to_all`` is the days from the account's start to the day on which the last of them was first done.
    """

    of: Literal["workflow", "milestones"]
    take: Literal["done", "share", "overdue", "days_to_all"]


class Kernel(Definition):
    """A declared NumPy function over the named metrics or series."""

    name: str
    of: tuple[str, ...] = ()
    with_: Mapping[str, float | str] = {}


class Detector(Definition):
    """A test of the active days of an account's people in complete ISO weeks, at the portfolio's index.

    An active day is a person and a day with any event that ``where`` allows; events that name nobody make one
    active day a day. ``decline_p``, ``surge_p``: chance of so few or so many in the last four weeks while use
    is as in the 24 weeks before; ``effect``: their relative distance. ``silent_weeks``: weeks without any up to now,
    ``silence_p``: the chance of them. ``slow_score``: CUSUM of 0.6 times the rate against no change, with
    ``slow_effect`` and ``slow_p``. ``season_change``: the last four weeks against those a year before.
    Of the whole portfolio: ``index`` (the last week against its usual level), ``index_event`` (whether that is
    an event of its own), ``down_share`` and ``up_share`` (accounts that fell to a fifth, or rose to three times).
    """

    take: Literal["decline_p", "surge_p", "effect", "silence_p", "silent_weeks", "slow_score", "slow_effect",
                  "slow_p", "season_change", "index", "index_event", "down_share", "up_share"]
    where: Expression | None = None


class Found(Definition):
    """Whether evidence holds after control over all scored accounts of the day: 1 or 0.

    ``of`` is a chance (a p-value): at most ``at_most``, and small enough that, by Benjamini and Hochberg, no
    more than ``false_share`` of what is found that day is expected to be chance. ``effect`` names a metric
    that must be at most ``at_most_effect`` or at least ``at_least_effect``.
    """

    of: str
    at_most: float
    false_share: float = 0.1
    effect: str | None = None
    at_most_effect: float | None = None
    at_least_effect: float | None = None


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
    derived: tuple[str, ...] = ()
    """derivations that add columns to the rows of the record before anything is counted"""
    reads: tuple[str, ...] = ()
    """further records that the derivations read: a metric is only as fresh as the stalest of them"""

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
    users: Users | None = None
    steps: Steps | None = None
    expression: Expression | None = None
    kernel: Kernel | None = None
    detector: Detector | None = None
    found: Found | None = None

    @property
    def primitive(self) -> str:
        """The name of the primitive that is given."""
        return next(name for name in PRIMITIVES if getattr(self, name) is not None)

    @property
    def window_days(self) -> int | None:
        """Length of the window in days; None where every row up to the day counts."""
        return None if self.window is None else int(self.window.removesuffix("d"))
