"""The usage pattern of accounts on a day."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from holdfast.definitions.service_tier import UsagePattern

from .first_match import first_match
from .values import KEYS


def usage_patterns(table: ir.Table, patterns: Sequence[UsagePattern]) -> ir.Table:
    """(account_id, as_of, pattern) from the wide ``table`` of ``values.values``.

    The first pattern whose condition holds; null where it is not known whether an earlier one holds.
    """
    return table.select(*KEYS, pattern=first_match(table, [(one.pattern, one.when) for one in patterns]))
