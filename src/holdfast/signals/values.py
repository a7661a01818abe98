"""The one wide table that conditions look at: account frame, metrics, and scores with their change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.name_kinds import account_kinds
from holdfast.definitions.names import DIALS, SCORE_NAMES
from holdfast.definitions.signal import Signal
from holdfast.lake import Engine

from .texts import names_in

KEYS = ("account_id", "as_of")
BACK: Mapping[str, int] = {"score_change_7d": 7, "score_change_28d": 28}
SLACK = 6
"""A change looks at the newest stored day at least so many days back, and at most this many more."""
_TYPES = {"number": "float64", "boolean": "boolean", "text": "string", "date": "date", "timestamp": "timestamp(6)"}


def names_read(signals: Iterable[Signal]) -> set[str]:
    """Every name that conditions and evidence of ``signals`` read, other signals left out."""
    listed = list(signals)
    own = {one.signal for one in listed}
    found: set[str] = set()
    for one in listed:
        found |= one.names | (names_in(one.evidence) - set(one.thresholds)) | ({one.metric} if one.metric else set())
    return found - own


def values(
    frame: ir.Table, wide: ir.Table, scores: ir.Table | None, names: Iterable[str], back: ir.Table | None = None
) -> ir.Table:
    """(account_id, as_of, scored, *names) for every row of ``frame``; a name that nothing holds is null.

    ``scores`` has account_id, as_of, dial, score, band, coverage; ``back`` the days that changes look at, from
    ``days_back``. A name that is both a metric and a column of the frame is the metric.
    """
    wanted = set(names)
    metrics = sorted(wanted & set(wide.columns) - set(KEYS))
    own = sorted(({"scored"} | wanted) & set(frame.columns) - set(KEYS) - set(metrics))
    t = beside(frame.select(*KEYS, *own), wide.select(*KEYS, *metrics)) if metrics else frame.select(*KEYS, *own)
    if scores is not None and wanted & set(SCORE_NAMES):
        t = _with_scores(t, scores, wanted, back)
    kinds = account_kinds(())
    absent = {n: ibis.null(_TYPES[kinds.get(n, "number")]) for n in sorted(wanted - set(t.columns))}
    t = t.mutate(**absent) if absent else t
    return t.select(*KEYS, "scored", *sorted(wanted - {"scored", *KEYS}))


def days_back(engine: Engine, days: Sequence[date]) -> ir.Table:
    """For each stored day the one that each change is measured from: as_of, score_change_7d, score_change_28d."""
    stored = sorted(set(days))
    before = [looked_back(stored, day) for day in stored]
    columns = {name: pa.array([found[name] for found in before], pa.date32()) for name in BACK}
    return engine.frame(pa.table({"as_of": pa.array(stored, pa.date32()), **columns}))


def looked_back(stored: Sequence[date], day: date) -> dict[str, date | None]:
    """The stored day that each change of ``day`` is measured from; ``stored`` in order.

    >>> looked_back([date(2026, 6, 7), date(2026, 6, 14)], date(2026, 6, 16))
    {'score_change_7d': datetime.date(2026, 6, 7), 'score_change_28d': None}
    """
    return {name: _before(stored, day - timedelta(days=least)) for name, least in BACK.items()}


def days_read(stored: Iterable[date], days: Iterable[date]) -> set[date]:
    """``days`` and the ``stored`` ones that their changes of score are measured from."""
    ordered, wanted = sorted(set(stored)), set(days)
    return wanted | {d for day in wanted for d in looked_back(ordered, day).values() if d is not None}


def _before(stored: Sequence[date], latest: date) -> date | None:
    """The newest stored day not after ``latest``, at most SLACK days older."""
    found = [day for day in stored if latest - timedelta(days=SLACK) <= day <= latest]
    return found[-1] if found else None


def _with_scores(t: ir.Table, scores: ir.Table, wanted: set[str], back: ir.Table | None) -> ir.Table:
    health = scores.dial == "health"
    columns: dict[str, ir.Value] = {
        "score": scores.score.max(where=health),
        "band": scores.band.max(where=health),
        "tier_band": scores.band.max(where=scores.dial == "tier"),
        "coverage": scores.coverage.max(where=health),
        **{f"dial_{name}": scores.score.max(where=scores.dial == name) for name in DIALS},
    }
    changes = sorted(wanted & set(BACK)) if back is not None else []
    used = {n: v for n, v in columns.items() if n in wanted or (n == "score" and changes)}
    if not used:
        return t
    by_day = scores.group_by(list(KEYS)).agg(**used)
    t = beside(t, by_day)
    if back is None or not changes:
        return t
    t = t.left_join(back.select("as_of", **{f"day_{n}": back[n] for n in changes}), "as_of").drop("as_of_right")
    for name in changes:
        before = by_day.select(account_before=by_day.account_id, day_before=by_day.as_of, score_before=by_day.score)
        t = t.left_join(before, [t.account_id == before.account_before, t[f"day_{name}"] == before.day_before])
        t = t.mutate(**{name: t.score - t.score_before})
        t = t.drop("account_before", "day_before", "score_before", f"day_{name}")
    return t


def beside(left: ir.Table, right: ir.Table) -> ir.Table:
    """``left`` with the other columns of ``right``, null where that has no row of the account and day."""
    side = right.rename(account_beside="account_id", day_beside="as_of")
    joined = left.left_join(side, [left.account_id == side.account_beside, left.as_of == side.day_beside])
    return joined.drop("account_beside", "day_beside")
