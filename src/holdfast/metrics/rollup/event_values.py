"""Values of event metrics on the grid, from the roll-ups alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.metrics.derivation import Context
from holdfast.metrics.grid import KEYS

from .columns import RollupColumn
from .day_tables import day_tables
from .days import Places, places
from .detected import detected
from .event_rows import key_features
from .merge import MERGES, bit_count
from .needed_days import Groups, cut, first_needed
from .needs import USERS, each_columns, needs
from .rollups import Rollups
from .steps import step_values
from .users import users_values
from .windows import all_bits, distinct_users, last_days, window_bits, window_sums


@dataclass(frozen=True)
class Days:
    """What a window is computed from: user-days, account-days, the accounts asked for, their grid."""

    at: Context
    users: ir.Table | None
    accounts: ir.Table
    asked: ir.Table
    first: date


def event_values(
    at: Context, rollups: Rollups, wide: ir.Table, metrics: Sequence[Metric], days: Mapping[str, frozenset[date]]
) -> list[ir.Table]:
    """``account_id``, ``as_of`` and the metrics, in several tables, for the pairs of ``wide``."""
    engine = at.snapshot.engine
    if rollups.first_day is None:
        return [engine.cache(wide.select(*KEYS, **_nothing(metrics)))]
    groups = _by_window(metrics, days)
    needed = first_needed(at.definitions.features, metrics, groups, days)
    looked_back = cut(needed, rollups.first_day, max(max(found) for found in days.values()))
    accounts, users = day_tables(at, rollups, metrics, looked_back)
    asked = engine.cache(wide.select("account_id").distinct())
    base = Days(at, users, accounts, asked, rollups.first_day)
    parts: list[ir.Table] = []
    for (window, _), found in groups.items():
        parts.append(_window(base, found, window, sorted(frozenset().union(*(days[m.name] for m in found)))))
    if users is not None:
        parts += detected(at, users, asked, [m for m in metrics if m.detector is not None], days, base.first)
        parts += users_values(at, users, [m for m in metrics if m.users is not None], days, base.first)
    for metric in metrics:
        if metric.steps is not None:
            parts.append(engine.cache(step_values(at, accounts, wide, metric)))
    engine.release(*(t for t in (users, accounts, asked) if t is not None))
    return parts


def _nothing(metrics: Sequence[Metric]) -> dict[str, ir.Value]:
    empty: dict[str, ir.Value] = {m.name: ibis.null("float64") for m in metrics}
    empty.update({f"{m.name}__on": ibis.null("date") for m in metrics if m.days_since is not None})
    return empty


def _by_window(
    metrics: Iterable[Metric], days: Mapping[str, frozenset[date]]
) -> Groups:
    """Metrics by their window, those that others look at on further days apart from those of the asked days."""
    found = [m for m in metrics if m.users is None and m.steps is None and m.detector is None]
    asked = frozenset.intersection(*(days[m.name] for m in found)) if found else frozenset()
    groups: Groups = {}
    for metric in found:
        groups.setdefault((metric.window_days, days[metric.name] == asked), []).append(metric)
    return groups


def _window(base: Days, metrics: Sequence[Metric], window: int | None, asked: Sequence[date]) -> ir.Table:
    """All metrics of one window, on the days that any of them needs."""
    engine = base.at.snapshot.engine
    grid = places(engine, asked, window, min(base.first, asked[0]))
    sums, bits, users, last = _inputs(base, metrics)
    cells = window_sums(base.asked, base.accounts, sorted({"_rows", *sums}), grid)
    for part in _further(base, grid, window, bits, users, last):
        added = [c for c in part.columns if c not in ("account_id", "place")]
        cells = cells.left_join(part, ["account_id", "place"]).select(*cells.columns, *added)
    whole = {needs(m)[0].name for m in metrics if m.count is not None and m.count.whole_base}
    if whole:
        cells = _with_base(base, cells, whole, grid)
    kept = engine.cache(cells)
    cells = kept.inner_join(grid.as_of, "place")
    cells = cells.mutate(_covers=cells.as_of >= ibis.date(base.first.isoformat()))
    values: dict[str, ir.Value] = {}
    for metric in metrics:
        values.update(_value(base, cells, metric))
    return engine.cache(cells.select(*KEYS, **values))


def _with_base(base: Days, cells: ir.Table, names: set[str], grid: Places) -> ir.Table:
    """``cells`` with ``base_<name>``: the sums over all accounts, whoever is asked for."""
    days = base.accounts.group_by("day").aggregate(**{n: MERGES["sum"](base.accounts[n]) for n in names})
    rows = days.mutate(account_id=ibis.literal(""))
    totals = window_sums(rows, rows, sorted(names), grid)
    totals = totals.select("place", **{f"base_{n}": totals[n] for n in sorted(names)})
    return cells.left_join(totals, "place").select(*cells.columns, *(f"base_{n}" for n in sorted(names)))


def _inputs(base: Days, metrics: Sequence[Metric]) -> tuple[set[str], set[str], set[str], dict[str, str]]:
    sums: set[str] = set()
    bits: set[str] = set()
    users: set[str] = set()
    last: dict[str, str] = {}
    for metric in metrics:
        columns = needs(metric)
        if metric.days_since is not None:
            found = columns or each_columns(base.at.definitions.features, metric)
            last.update({f"last_{c.name}": c.name for c in found})
        elif metric.distinct is not None and metric.distinct.of in USERS:
            n = columns[0].name
            sums |= {f"nobody_{n}", f"users_{n}", f"active_{n}"}
            if metric.distinct.of == "user_id":
                users.add(n)
        elif columns and columns[0].kind == "mask":
            bits |= {c for c in base.accounts.columns if _word_of(c, columns[0].name)}
        else:
            sums |= {c.name for c in columns}
    return sums, bits, users, last


def _word_of(column: str, mask: str) -> bool:
    return column.startswith(f"{mask}__") and column.removeprefix(f"{mask}__").isdigit()


def _further(
    base: Days, grid: Places, window: int | None, bits: set[str], users: set[str], last: Mapping[str, str]
) -> list[ir.Table]:
    parts: list[ir.Table] = []
    if bits:
        take = all_bits if window is None else window_bits
        parts.append(take(base.asked, base.accounts, sorted(bits), grid))
    if users and base.users is not None:
        engine = base.at.snapshot.engine
        found = distinct_users(engine, base.asked, base.users, sorted(users), grid)
        parts.append(found.rename(**{f"distinct_{n}": n for n in sorted(users)}))
    if last:
        parts.append(last_days(base.asked, base.accounts, last, grid))
    return parts


def _value(base: Days, cells: ir.Table, metric: Metric) -> dict[str, ir.Value]:
    columns = needs(metric)
    if metric.days_since is not None:
        return _days_since(base, cells, metric, columns)
    if metric.distinct is not None:
        value = _distinct(base, cells, metric, columns)
    elif metric.share is not None or metric.average is not None:
        part, whole = columns[0].name, columns[1].name
        total = cells[whole].cast("float64").nullif(0)
        value = _empty(cells, metric, cells[part].cast("float64"), cells[whole]) / total
        value = _zero(cells, metric, value)
    elif metric.sum is not None or metric.weighted is not None:
        value = _empty(cells, metric, cells[columns[0].name].cast("float64"), cells[columns[1].name])
    else:
        assert metric.count is not None
        name = f"base_{columns[0].name}" if metric.count.whole_base else columns[0].name
        value = _empty(cells, metric, cells[name].cast("float64"), cells[name])
    return {metric.name: ibis.ifelse(cells._covers, value, ibis.null("float64"))}


def _empty(cells: ir.Table, metric: Metric, value: ir.Value, rows: ir.Value) -> ir.Value:
    """The value where any row counted, else what the metric says of no rows."""
    nothing = ibis.literal(0.0) if metric.empty == "zero" else ibis.null("float64")
    return ibis.ifelse(rows > 0, value, nothing)


def _zero(cells: ir.Table, metric: Metric, value: ir.Value) -> ir.Value:
    return value.fill_null(0.0) if metric.empty == "zero" else value


def _distinct(base: Days, cells: ir.Table, metric: Metric, columns: Sequence[RollupColumn]) -> ir.Value:
    over = metric.distinct
    assert over is not None
    n = columns[0].name
    if over.of in USERS:
        name = {"user_id": f"distinct_{n}", "user_day": f"users_{n}", "day": f"active_{n}"}[over.of]
        nobody = cells[f"nobody_{n}"] if over.of != "day" else ibis.literal(0)
        return _unless_unknown(cells, metric, cells[name], nobody)
    if over.of == "session_id":
        return _unless_unknown(cells, metric, cells[n], cells[columns[1].name])
    words = [c for c in cells.columns if _word_of(c, n)]
    count: ir.Value = ibis.literal(0, "int64")
    for word in sorted(words):
        count = count + bit_count(cells[word]).cast("int64")
    value = _empty(cells, metric, count.cast("float64"), count)
    if over.out_of is None:
        return value
    listed = len(getattr(base.at.definitions.features, over.out_of)) if over.out_of != "key" else len(
        key_features(base.at.definitions.features))
    return value / float(listed) if listed else ibis.null("float64")


def _unless_unknown(cells: ir.Table, metric: Metric, found: ir.Value, unknown: ir.Value) -> ir.Value:
    """Missing, not zero, where there were events but none that says whose they are."""
    nothing = ibis.literal(0.0) if metric.empty == "zero" else ibis.null("float64")
    unsaid = ibis.ifelse(unknown > 0, ibis.null("float64"), nothing)
    return ibis.ifelse(found > 0, found.cast("float64"), unsaid)


def _days_since(base: Days, cells: ir.Table, metric: Metric, columns: Sequence[RollupColumn]) -> dict[str, ir.Value]:
    found = columns or each_columns(base.at.definitions.features, metric)
    if not found:
        return {metric.name: ibis.null("float64"), f"{metric.name}__on": ibis.null("date")}
    days = [cells[f"last_{c.name}"] for c in found]
    on = ibis.least(*days) if len(days) > 1 else days[0]
    since = cells.as_of.delta(on, unit="day").cast("float64")
    return {metric.name: since, f"{metric.name}__on": on}

