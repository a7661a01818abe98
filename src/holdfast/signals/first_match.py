"""The first of several named conditions that holds, for each row of a table."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition


def first_match(table: ir.Table, choices: Sequence[tuple[str, Expression]]) -> ir.StringValue:
    """The name of the first condition that holds; null where it is not known whether an earlier one holds."""
    branches: list[tuple[ir.BooleanValue, ir.StringValue]] = []
    for name, when in choices:
        held = condition(to_ibis(when, {column: table[column] for column in when.names}))
        branches += [(held.isnull(), ibis.null("string")), (held, ibis.literal(name))]
    return ibis.cases(*branches, else_=ibis.null("string")).cast("string") if branches else ibis.null("string")
