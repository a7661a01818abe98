"""Detectors on the grid: active days of all accounts' people in complete weeks, tested, for those asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from holdfast.definitions.metric import Metric
from holdfast.lake import Engine
from holdfast.metrics.calendar_days import last_sunday
from holdfast.metrics.derivation import Context
from holdfast.metrics.grid import KEYS
from holdfast.metrics.kernels.detect import OF_PORTFOLIO, REACH, Looks
from holdfast.metrics.kernels.over_accounts import over_accounts

from .needs import needs

WEEK = timedelta(days=7)


def detected(
    at: Context, users: ir.Table, asked: ir.Table, metrics: Sequence[Metric], days: Mapping[str, frozenset[date]],
    first: date,
) -> list[ir.Table]:
    """``account_id``, ``as_of`` and the metrics, from the user-days ``users`` of all accounts.

    ``asked`` are the accounts that get values; ``first`` is the first day of the log. The same conditions on
    events are looked at once.
    """
    groups: dict[str, list[Metric]] = {}
    for metric in metrics:
        groups.setdefault(needs(metric)[0].name, []).append(metric)
    parts: list[ir.Table] = []
    for column, group in groups.items():
        asked_days = sorted(frozenset().union(*(days[m.name] for m in group)))
        parts += _of_column(at.snapshot.engine, users, column, asked, group, asked_days, first)
    return parts


def _of_column(
    engine: Engine, users: ir.Table, column: str, asked: ir.Table, metrics: Sequence[Metric], days: Sequence[date],
    first: date,
) -> list[ir.Table]:
    ends = [last_sunday(day) for day in days]
    monday = max(first + timedelta(days=-first.weekday() % 7), ends[0] - WEEK * REACH + timedelta(days=1))
    place = {day: ((end - monday).days + 1) // 7 for day, end in zip(days, ends, strict=True)}
    looks = sorted({week for week in place.values() if week > 0})
    if not looks:
        empty = asked.select("account_id", as_of=ibis.null("date"), **{m.name: ibis.null("float64") for m in metrics})
        return [engine.cache(empty.filter(False))]
    accounts = over_accounts(engine, _weekly(engine, users, column, monday, looks[-1]), looks[-1])
    takes = {m.name: m.detector.take for m in metrics if m.detector is not None}
    found = Looks.of(accounts, looks)
    rows = accounts.rows(found, sorted(set(takes.values()) - set(OF_PORTFOLIO)))
    return [*_of_accounts(engine, rows, asked, takes, place), *_of_portfolio(engine, found, asked, takes, place)]


def _weekly(engine: Engine, users: ir.Table, column: str, monday: date, weeks: int) -> ir.Table:
    """``account_id``, ``start`` (first whole week), ``week`` and ``n``, its active days; week -1 for none.

    An active day is a person and a day; events that name nobody make one active day a day.
    """
    calendar = engine.frame(_calendar(monday, weeks))
    rows = users.filter(users[column] > 0, users.day < ibis.date((monday + WEEK * weeks).isoformat()))
    begun = rows.group_by("account_id").aggregate(day=rows.day.min())
    begun = begun.left_join(calendar, "day").select("account_id", start=calendar.start.fill_null(0))
    placed = rows.inner_join(calendar, "day")
    counts = placed.group_by(_account="account_id", week="week").aggregate(n=placed.count().cast("int64"))
    joined = begun.left_join(counts, [("account_id", "_account")])
    return engine.cache(joined.select(
        "account_id", "start", week=joined.week.fill_null(-1), n=joined.n.fill_null(0).cast("int64")))


def _calendar(monday: date, weeks: int) -> pa.Table:
    days = [monday + timedelta(days=k) for k in range(7 * weeks)]
    return pa.table({
        "day": pa.array(days, pa.date32()),
        "week": pa.array([k // 7 for k in range(len(days))], pa.int64()),
        "start": pa.array([(k + 6) // 7 for k in range(len(days))], pa.int64()),
    })


def _of_accounts(
    engine: Engine, rows: ir.Table | None, asked: ir.Table, takes: Mapping[str, str], place: Mapping[date, int],
) -> list[ir.Table]:
    if rows is None:
        return []
    calendar = engine.frame(pa.table({
        "as_of": pa.array(list(place), pa.date32()), "end": pa.array(list(place.values()), pa.int64()),
    }))
    names = {name: take for name, take in takes.items() if take not in OF_PORTFOLIO}
    joined = rows.inner_join(asked, "account_id").inner_join(calendar, "end")
    return [engine.cache(joined.select(*KEYS, **{name: joined[take] for name, take in names.items()}))]


def _of_portfolio(
    engine: Engine, found: Looks, asked: ir.Table, takes: Mapping[str, str], place: Mapping[date, int],
) -> list[ir.Table]:
    names = {name: take for name, take in takes.items() if take in OF_PORTFOLIO}
    if not names:
        return []
    number = {end: position for position, end in enumerate(found.ends)}
    days = [day for day, end in place.items() if end in number]
    values = {take: np.array([found.portfolio(take)[number[place[d]]] for d in days]) for take in names.values()}
    calendar = engine.frame(pa.table({
        "as_of": pa.array(days, pa.date32()),
        **{name: pa.array(values[take], pa.float64(), from_pandas=True) for name, take in names.items()},
    }))
    return [engine.cache(asked.cross_join(calendar).select(*KEYS, *names))]
