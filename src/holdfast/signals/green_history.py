"""Green checks over time: stretches of stored days on which a check said the same about an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine

from .green_codes import states
from .values import KEYS

COLUMNS = ("account_id", "check", "from_on", "to_on", "state", "green_then")
ORDER = ("account_id", "check", "from_on")
_NOT_ASKED = "not asked"


def stretches(
    engine: Engine, codes: ir.Table, green: ir.Table, checks: Sequence[str], days: Sequence[date]
) -> ir.Table:
    """One row a stretch: first and last stored day, the state, and whether the account was green on the first.

    ``codes`` is what ``green_codes`` gives for all stored ``days``; ``green`` has account_id and as_of of the
    days on which the account was green. Days on which an account was not asked lie in no stretch; days on
    which it was not known change nothing.
    """
    places = _places(engine, sorted(set(days)))
    said = codes.join(places, "as_of").select(
        *KEYS, "place", **{name: states(codes[name]).fill_null(_NOT_ASKED) for name in checks})
    said = engine.cache(said)
    in_order = ibis.window(group_by="account_id", order_by="as_of")
    changed = said.select(*KEYS, "place", **{
        name: ibis.ifelse(said[name] == said[name].lag().over(in_order).fill_null(""), None, said[name])
        for name in checks
    })
    long = changed.pivot_longer(list(checks), names_to="check", values_to="state")
    long = engine.cache(long.filter(long.state.notnull()))
    return _ended(long, said, places, green)


def _places(engine: Engine, days: Sequence[date]) -> ir.Table:
    return engine.frame(pa.table({
        "as_of": pa.array(days, pa.date32()), "place": pa.array(range(len(days)), pa.int64()),
    }))


def _ended(long: ir.Table, said: ir.Table, places: ir.Table, green: ir.Table) -> ir.Table:
    each = ibis.window(group_by=["account_id", "check"], order_by="as_of")
    newest = said.group_by("account_id").agg(newest=said.place.max()).rename(of_account="account_id")
    t = long.mutate(following=long.place.lead().over(each))
    t = t.join(newest, t.account_id == newest.of_account)
    t = t.mutate(end=ibis.coalesce(t.following - 1, t.newest)).filter(t.state != _NOT_ASKED)
    ends = places.select(to_on="as_of", to_place="place")
    t = t.join(ends, t.end == ends.to_place)
    shades = green.select(green_account="account_id", green_day="as_of").distinct()
    t = t.left_join(shades, [t.account_id == shades.green_account, t.as_of == shades.green_day])
    return t.select(
        account_id=t.account_id, check=t["check"], from_on=t.as_of, to_on=t.to_on, state=t.state,
        green_then=t.green_day.notnull(),
    ).order_by(list(ORDER))
