"""Metrics over the single users of an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.errors.metrics import MetricNotUsable
from holdfast.lake import Engine
from holdfast.metrics.derivation import Context
from holdfast.metrics.grid import KEYS, day_frame
from holdfast.metrics.over_rows import as_of_rows
from holdfast.records import CONTACT

from .columns import RollupColumn
from .days import places, spans
from .masks import steps
from .merge import MERGES
from .windows import window_sums

N = RollupColumn("n").name
ACTIONS = RollupColumn("sum", "quantity").name
WORKFLOW = RollupColumn("steps", "workflow").name
BACK = timedelta(days=30)
OF_CONTACTS = ("champion_idle", "top_has_budget")
"""What is taken from users that also reads the contacts of the account."""
DECIDE = ("sponsor", "budget_holder", "decision_maker")
"""Roles that have a say about money."""


def users_values(
    at: Context, users: ir.Table, metrics: Sequence[Metric], days: Mapping[str, frozenset[date]], first: date
) -> list[ir.Table]:
    """``account_id``, ``as_of`` and the metric, for each of the metrics; no row where no user has anything to say."""
    active = users.filter(users.user_key.notnull(), users[N] > 0)
    parts: list[ir.Table] = []
    for _, found in groupby(sorted(metrics, key=_window), key=_window):
        cells = Cells(at.snapshot.engine, active, first)
        parts += [_values(at, cells, metric, sorted(days[metric.name])) for metric in found]
        cells.release()
    return parts


def _window(metric: Metric) -> int:
    return metric.window_days or 0


@dataclass
class Cells:
    """One row a user and as-of day, for each window that is asked for: made once, read by several metrics."""

    engine: Engine
    active: ir.Table
    first: date
    _made: dict[tuple[int, tuple[date, ...]], ir.Table] = field(default_factory=dict)

    def over(self, days: Sequence[date], window: int) -> ir.Table:
        """See ``user_cells``."""
        key = (window, tuple(days))
        if key not in self._made:
            self._made[key] = user_cells(self.engine, self.active, days, window, self.first)
        return self._made[key]

    def release(self) -> None:
        """Forget them: they are the largest tables of all."""
        self.engine.release(*self._made.values())
        self._made.clear()


def _values(at: Context, cells: Cells, metric: Metric, days: Sequence[date]) -> ir.Table:
    over = metric.users
    assert over is not None
    if over.take == "champion_idle":
        return _champion_idle(at, cells.active, metric, days)
    if metric.window_days is None:
        raise MetricNotUsable(metric=metric.name, why=f"'{over.take}' needs a window")
    if over.take == "activation":
        return _activation(at, cells.active, metric, days, cells.first)
    if over.take == "power_idle":
        return _power_idle(at, cells, metric, days)
    if over.take == "workflow_share":
        return _workflow_share(at, cells, metric, days)
    found = cells.over(days, metric.window_days)
    if over.take == "top_has_budget":
        return _top_has_budget(at, found, metric, days)
    return at.snapshot.engine.cache(_over_users(found, metric))


def user_cells(engine: Engine, active: ir.Table, days: Sequence[date], window: int, first: date) -> ir.Table:
    """One row a user and as-of day with any activity in the window: active days, actions, last day.

    A user's sums change only where a day enters or leaves the window; each change holds up to the next one.
    """
    grid = places(engine, days, window, min(first, *days))
    placed = active.inner_join(grid.calendar, "day")
    key = ["account_id", "user_key", "place"]
    one, nobody = ibis.literal(1, "int64"), ibis.null("date")
    plus = placed.select(*key[:2], place="enters", days=one, actions=ACTIONS, last="day")
    leaving = placed.filter(placed.leaves < len(grid.days))
    minus = leaving.select(*key[:2], place="leaves", days=-one, actions=-leaving[ACTIONS], last=nobody)
    steps = ibis.union(plus, minus.cast(plus.schema()))
    steps = steps.group_by(key).aggregate(
        days=MERGES["sum"](steps.days), actions=MERGES["sum"](steps.actions), last=steps["last"].max())
    so_far = ibis.cumulative_window(group_by=key[:2], order_by="place")
    ordered = ibis.window(group_by=key[:2], order_by="place")
    held = steps.select(
        *key[:2], start="place", end=steps.place.lead().over(ordered).fill_null(len(grid.days)),
        active_days=steps.days.sum().over(so_far).cast("int64"),
        actions=steps.actions.sum().over(so_far).cast(steps.actions.type()), last=steps["last"].max().over(so_far),
    )
    held = held.filter(held.active_days > 0)
    cells = held.inner_join(spans(engine, grid, window), ["start", "end"])
    return engine.cache(cells.select(*key[:2], "as_of", "active_days", "actions", "last"))


def _workflow_cells(at: Context, cells: Cells, days: Sequence[date], window: int) -> ir.Table:
    """One row a user and as-of day with any activity in the window: the steps of the workflow that were taken."""
    grid = places(at.snapshot.engine, days, window, min(cells.first, *days))
    placed = cells.active.inner_join(grid.calendar, "day")
    key = ["account_id", "user_key"]
    buckets = placed.group_by(*key, "enters", "leaves").aggregate(bits=MERGES["bit_or"](placed[WORKFLOW]))
    inside = buckets.inner_join(grid.inside, ["enters", "leaves"])
    found = inside.group_by(*key, "place").aggregate(bits=MERGES["bit_or"](inside.bits))
    return found.inner_join(grid.as_of, "place").drop("place")


def _over_users(cells: ir.Table, metric: Metric) -> ir.Table:
    over = metric.users
    assert over is not None
    if over.take == "top_share":
        totals = cells.group_by(KEYS).aggregate(top=cells.actions.max(), all=cells.actions.sum())
        share = totals.top.cast("float64") / totals["all"].cast("float64").nullif(0)
        return totals.select(*KEYS, **{metric.name: share})
    if over.take == "key_idle":
        top = _top(cells)
        return top.select(*KEYS, **{metric.name: _days(top.as_of, top["last"])})
    power = power_users(cells, over.percentile)
    value = power.power.cast("int64").sum().cast("float64") / power.count().cast("float64")
    return power.group_by(KEYS).aggregate(**{metric.name: value})


def _workflow_share(at: Context, cells: Cells, metric: Metric, days: Sequence[date]) -> ir.Table:
    assert metric.window_days is not None
    count = len(steps(at.definitions.features, "workflow"))
    found = _workflow_cells(at, cells, days, metric.window_days)
    chosen = found.bits == (1 << count) - 1
    value = chosen.cast("int64").sum().cast("float64") / found.count().cast("float64")
    shares = found.group_by(KEYS).aggregate(**{metric.name: value if count else ibis.null("float64")})
    return at.snapshot.engine.cache(shares)


def _top(cells: ir.Table) -> ir.Table:
    """The cell of the user with the most actions; of equals the one active last."""
    most = cells.group_by(KEYS).aggregate(most=cells.actions.max())
    cells = cells.inner_join(most, [*KEYS, cells.actions == most.most]).select(*cells.columns)
    order = [ibis.desc("actions"), ibis.desc("last"), "user_key"]
    ranked = cells.mutate(rank=ibis.row_number().over(ibis.window(group_by=KEYS, order_by=order)))
    return ranked.filter(ranked["rank"] == 0)


def power_users(cells: ir.Table, percentile: float) -> ir.Table:
    """The cells with ``power``: more active days than the percentile of all users of the base that day."""
    bars = cells.group_by("as_of").aggregate(bar=cells.active_days.cast("float64").quantile(percentile))
    joined = cells.inner_join(bars, "as_of")
    return joined.mutate(power=joined.active_days > joined.bar)


def _days(later: ir.DateValue, earlier: ir.DateValue) -> ir.Value:
    return later.delta(earlier, unit="day").cast("float64")


def _power_idle(at: Context, cells: Cells, metric: Metric, days: Sequence[date]) -> ir.Table:
    over, window = metric.users, metric.window_days
    assert over is not None
    assert window is not None
    engine = at.snapshot.engine
    before = cells.over([d - BACK for d in days], window)
    power = power_users(before, over.percentile)
    power = power.filter(power.power).select("account_id", "user_key", before="as_of")
    now = cells.over(days, window + BACK.days)
    shifted = day_frame(engine, list(days), before=[d - BACK for d in days])
    joined = power.inner_join(shifted, "before").inner_join(
        now.select("account_id", "user_key", "as_of", "last"), ["account_id", "user_key", "as_of"])
    idle = joined.select(*KEYS, idle=joined.as_of.delta(joined["last"], unit="day").cast("int64"))
    totals = idle.group_by(KEYS).aggregate(total=idle.idle.sum(), n=idle.count())
    return engine.cache(totals.select(*KEYS, **{
        metric.name: totals.total.cast("float64") / totals.n.cast("float64")}))


def _top_has_budget(at: Context, cells: ir.Table, metric: Metric, days: Sequence[date]) -> ir.Table:
    """Whether the top user is a present contact with a say about money; no row where no roles are recorded."""
    seen = replace(at, read=frozenset({"present", "has_roles"}))
    rows = as_of_rows(seen, CONTACT, at.snapshot.days(list(days)), ("contact_life",))
    recorded = rows.filter(rows.has_roles).select(*KEYS).distinct()
    decides = ibis.or_(*(rows.roles.contains(role) for role in DECIDE))
    money = rows.filter(rows.present & decides.fill_null(False), rows.user_key.notnull())
    money = money.select(*KEYS, "user_key", decides=ibis.literal(1.0)).distinct()
    top = _top(cells).inner_join(recorded, KEYS).left_join(money, [*KEYS, "user_key"])
    return at.snapshot.engine.cache(top.select(*KEYS, **{metric.name: top.decides.fill_null(0.0)}))


def _champion_idle(at: Context, active: ir.Table, metric: Metric, days: Sequence[date]) -> ir.Table:
    """Days since the champion who was active last; contacts without a user, or never active, say nothing."""
    rows = as_of_rows(at, CONTACT, at.snapshot.days(list(days)))
    champions = rows.filter(
        rows.roles.contains("champion"), rows.user_key.notnull(), rows.left_at.isnull(),
        rows.status.fill_null("active") != "left",
    ).select(*KEYS, "user_key").distinct()
    seen = champions.inner_join(active.select("account_id", "user_key", "day"), ["account_id", "user_key"])
    seen = seen.filter(seen.day <= seen.as_of)
    last = seen.group_by(KEYS).aggregate(last=seen.day.max())
    return at.snapshot.engine.cache(last.select(*KEYS, **{metric.name: _days(last.as_of, last["last"])}))


def _activation(at: Context, active: ir.Table, metric: Metric, days: Sequence[date], first: date) -> ir.Table:
    """Each new user is judged once, when its first days are over."""
    over, window = metric.users, metric.window_days
    assert over is not None
    assert window is not None
    engine = at.snapshot.engine
    starts = active.group_by("account_id", "user_key").aggregate(start=active.day.min())
    early = active.inner_join(starts, ["account_id", "user_key"])
    early = early.filter(early.day.delta(early.start, unit="day") < over.days)
    judged = early.group_by("account_id", "user_key", "start").aggregate(n=early.count())
    joined = judged.select("account_id", "start", good=(judged.n >= over.at_least).cast("int64"))
    calendar = [first + timedelta(days=k) for k in range((max(days) - first).days + 1)]
    later = day_frame(engine, calendar, day=[d + timedelta(days=over.days) for d in calendar])
    rows = joined.inner_join(later.rename(start="as_of"), "start")
    rows = rows.group_by("account_id", "day").aggregate(
        good=rows.good.sum().cast("int64"), all=rows.count().cast("int64"))
    grid = places(engine, days, window, first)
    sums = window_sums(rows, rows, ["good", "all"], grid).inner_join(grid.as_of, "place")
    return engine.cache(sums.select(*KEYS, **{
        metric.name: sums.good.cast("float64") / sums["all"].cast("float64").nullif(0)}))
