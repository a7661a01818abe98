"""Which records came late on which day, against what the workspace expects."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions


def overdue(covered: ir.Table, definitions: Definitions) -> ir.Table | None:
    """(as_of, record) where every source of the record is later than expected; None where nothing is expected.

    A record is covered as far as the newest of its sources that is not late, so its age passes the shortest
    of the ages expected only when all are.
    """
    allowed: dict[str, int] = {}
    for name, source in definitions.sources.items():
        days = definitions.settings.expected_days(name)
        if days is not None:
            for part in source.records:
                allowed[part.record] = min(allowed.get(part.record, days), days)
    if not allowed:
        return None
    limit = ibis.cases(*((covered.record == r, most) for r, most in allowed.items()), else_=None)
    everybody = covered.account_id.isnull()
    late = covered.filter(everybody & (covered.as_of.delta(covered.covered_to, unit="day") > limit))
    return late.select("as_of", "record").distinct()
