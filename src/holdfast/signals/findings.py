"""Findings: signals over time. Each has one identity from its opening to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.signal import SEVERITIES, Signal, days_of
from holdfast.lake import Engine

from .codes import ENDS, UNKNOWN
from .over_time import changed, last_known, said
from .values import KEYS

OPEN, UNCLEAR, CLEARED, EXPIRED = "open", "unknown", "cleared", "expired"
"""States of a finding. ``unknown``: it was open when last something was known about it."""
COLUMNS = (
    "account_id", "signal", "opened_on", "last_on", "cleared_on", "state", "severity", "opened_severity",
    "worst_severity", "worsened_on", "unknown_since", "times",
)
ORDER = ("account_id", "signal", "opened_on")


def findings(engine: Engine, codes: ir.Table, signals: Mapping[str, Signal], days: Sequence[date]) -> ir.Table:
    """One row a finding, from the codes of all stored ``days``; the same codes give the same rows.

    ``last_on`` is the newest stored day on which the condition held, ``cleared_on`` the first stored day on
    which it no longer did (or the day of expiry), ``worsened_on`` the day on which its worst severity was
    first reached, where that is graver than at the opening; ``times`` counts how often it came on.
    """
    segments = _segments(engine, codes, [name for name in signals if name in codes.columns], sorted(set(days)))
    rows = engine.cache(_numbered(segments, _facts(engine, signals)))
    return _ended(_joined(rows))


def _facts(engine: Engine, signals: Mapping[str, Signal]) -> ir.Table:
    return engine.frame(pa.table({
        "of_signal": pa.array(list(signals), pa.string()),
        "cool_down": pa.array([days_of(one.cool_down) for one in signals.values()], pa.int64()),
        "expires": pa.array([days_of(one.expires) for one in signals.values()], pa.int64()),
    }))


def _segments(engine: Engine, codes: ir.Table, names: Sequence[str], days: Sequence[date]) -> ir.Table:
    """Stretches of stored days with one code: first day, last day, the day after them, code, code in force."""
    in_order = ibis.window(group_by="account_id", order_by="as_of")
    ever = [name for name, told in said(engine, codes, names).items() if told.highest > UNKNOWN] or names[:1]
    rows = engine.cache(changed(codes.select(*KEYS, *ever), ever))
    other = rows.select(*KEYS, **{
        name: ibis.ifelse(rows[name] == rows[name].lag().over(in_order).fill_null(ENDS), None, rows[name])
        for name in ever
    })
    long = other.pivot_longer(list(ever), names_to="signal", values_to="code")
    long = engine.cache(long.filter(long.code.notnull()))
    each = ibis.window(group_by=["account_id", "signal"], order_by="as_of")
    carried = last_known(long, long.code, ("account_id", "signal"))
    whole = long.mutate(carried=carried, next_on=long.as_of.lead().over(each))
    return _with_ends(engine, whole.filter(whole.carried > 0), codes, days)


def _with_ends(engine: Engine, stretches: ir.Table, codes: ir.Table, days: Sequence[date]) -> ir.Table:
    """Add ``last``, the last stored day of each stretch. A finding of an account that is gone ends with it."""
    follow = engine.frame(pa.table({
        "stored": pa.array(days, pa.date32()),
        "after": pa.array([*days[1:], None], pa.date32()),
        "before": pa.array([None, *days[:-1]], pa.date32()),
    }))
    known = codes.group_by("account_id").agg(known_to=codes.as_of.max())
    gone = known.join(follow.select("stored", gone_on="after"), [("known_to", "stored")])
    t = stretches.left_join(gone.select(of_account="account_id", known_to="known_to", gone_on="gone_on"),
                            [("account_id", "of_account")]).drop("of_account")
    t = t.mutate(next_on=ibis.coalesce(t.next_on, t.gone_on))
    t = t.left_join(follow.select("stored", "before"), [("next_on", "stored")])
    return t.mutate(last=ibis.coalesce(t.before, t.known_to)).drop("stored", "before", "gone_on", "known_to")


def _numbered(segments: ir.Table, facts: ir.Table) -> ir.Table:
    """Open stretches with the number of their finding: a short gap does not make a new one."""
    t = segments.join(facts, segments.signal == facts.of_signal).drop("of_signal")
    each = ibis.window(group_by=["account_id", "signal"], order_by="as_of")
    t = t.mutate(last_before=t["last"].lag().over(each), next_before=t.next_on.lag().over(each))
    follows = (t.next_before == t.as_of).fill_null(False)
    fresh = t.last_before.isnull() | (~follows & (t.as_of.delta(t.last_before, unit="day") > t.cool_down))
    t = t.mutate(fresh=fresh.cast("int64"), again=(~follows).cast("int64"))
    so_far = ibis.window(group_by=["account_id", "signal"], order_by="as_of", preceding=None, following=0)
    return t.mutate(number=t.fresh.sum().over(so_far))


def _joined(t: ir.Table) -> ir.Table:
    """One row a finding from its stretches."""
    one = ibis.window(group_by=["account_id", "signal", "number"])
    t = t.mutate(first_day=t.as_of.min().over(one), last_day=t.as_of.max().over(one), worst=t.carried.max().over(one))
    newest, oldest = t.as_of == t.last_day, t.as_of == t.first_day
    return t.group_by(["account_id", "signal", "number"]).agg(
        opened_on=t.as_of.min(),
        last_on=t["last"].max(where=t.code != UNKNOWN),
        cleared_on=t.next_on.max(where=newest),
        now=t.carried.max(where=newest),
        at_first=t.carried.max(where=oldest),
        worst=t.carried.max(),
        worst_on=t.as_of.min(where=t.carried == t.worst),
        unknown_since=t.as_of.max(where=newest & (t.code == UNKNOWN)),
        times=t.again.sum(),
        expires=t.expires.max(),
        end=t["last"].max(),
    )


def _ended(t: ir.Table) -> ir.Table:
    """Cut off what has expired, and name states and severities."""
    limit = (t.opened_on + t.expires.cast("int64").as_interval("D")).cast("date")
    expired = (t.expires.notnull() & (ibis.coalesce(t.cleared_on, t.end + ibis.interval(days=1)).cast("date") > limit))
    expired = (expired & (t.end >= limit)).fill_null(False)
    unknown = t.unknown_since.notnull() & t.cleared_on.isnull()
    state = ibis.cases((expired, EXPIRED), (t.cleared_on.notnull(), CLEARED), (unknown, UNCLEAR), else_=OPEN)
    return t.select(
        account_id=t.account_id,
        signal=t.signal,
        opened_on=t.opened_on,
        last_on=ibis.ifelse(expired & (t.last_on >= limit), (limit - ibis.interval(days=1)).cast("date"), t.last_on),
        cleared_on=ibis.ifelse(expired, limit, t.cleared_on),
        state=state,
        severity=_severity(t.now),
        opened_severity=_severity(t.at_first),
        worst_severity=_severity(t.worst),
        worsened_on=ibis.ifelse(t.worst > t.at_first, t.worst_on, ibis.null("date")),
        unknown_since=ibis.ifelse(unknown & ~expired, t.unknown_since, ibis.null("date")),
        times=t.times.cast("int64"),
    ).order_by(list(ORDER))


def _severity(rank: ir.IntegerValue) -> ir.StringValue:
    return ibis.cases(*((rank == n, name) for name, n in SEVERITIES.items()), else_=ibis.null("string"))
