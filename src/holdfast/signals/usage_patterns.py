"""The usage pattern of accounts on a day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from holdfast.definitions.service_tier import UsagePattern
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition

from .values import KEYS


def usage_patterns(table: ir.Table, patterns: Sequence[UsagePattern]) -> ir.Table:
    """(account_id, as_of, pattern) from the wide ``table`` of ``values.values``.

    The first pattern whose condition holds; null where it is not known whether an earlier one holds.
    """
    branches: list[tuple[ir.BooleanValue, ir.StringValue]] = []
    for one in patterns:
        columns = {name: table[name] for name in one.when.names}
        missing = reduce(lambda a, b: a | b, (c.isnull() for c in columns.values()), ibis.literal(False))
        branches.append((missing, ibis.null("string")))
        branches.append((condition(to_ibis(one.when, columns)).fill_null(False), ibis.literal(one.pattern)))
    found = ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")
    return table.select(*KEYS, pattern=found.cast("string"))
