"""The grid of an evaluation: accounts x every day that anything needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine

KEYS = ["account_id", "as_of"]


def asked_days(engine: Engine, frame: ir.Table) -> list[date]:
    """The as-of days of the frame, in order."""
    found: list[date] = engine.arrow(frame.select("as_of").distinct())["as_of"].to_pylist()
    return sorted(found)


def day_frame(engine: Engine, days: Sequence[date], **further: Sequence[date]) -> ir.Table:
    """A small table of days: ``as_of`` and further date columns beside it."""
    return engine.frame(pa.table({
        "as_of": pa.array(days, pa.date32()),
        **{name: pa.array(values, pa.date32()) for name, values in further.items()},
    }))


def grid(engine: Engine, frame: ir.Table, days: Sequence[date]) -> ir.Table:
    """``account_id``, ``as_of`` and the frame's columns; days before an account was created are left out.

    The pairs of the frame are always there; columns of the frame are null on the other days.
    """
    created = frame.created_on.min() if "created_on" in frame.columns else ibis.null("date")
    accounts = frame.group_by("account_id").aggregate(_since=created)
    pairs = accounts.cross_join(day_frame(engine, days))
    joined = pairs.left_join(frame.mutate(_asked=True), KEYS)
    exists = joined._asked.fill_null(False) | (joined._since.isnull() | (joined.as_of >= joined._since))
    kept = joined.filter(exists)
    columns = [c for c in frame.columns if c not in KEYS]
    return engine.cache(kept.select(*KEYS, *columns, _asked=kept._asked.fill_null(False)))
