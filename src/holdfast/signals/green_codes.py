"""Codes: what each green check says about an account on a day, and for which of its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.green_check import GreenCheck
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition

from .available import names_needed
from .texts import names_in
from .values import KEYS

NOT_ASKED, UNKNOWN, PASS, EXEMPT, UNCLEAR, FAIL = 0, 1, 2, 3, 10, 100
"""NOT_ASKED: the account is not scored. UNKNOWN: a value is missing. From UNCLEAR and from FAIL on, the number of
the entry of ``unknown`` or ``fails`` that holds is added."""


def names_read(checks: Iterable[GreenCheck]) -> set[str]:
    """Every name that conditions and texts of ``checks`` read."""
    listed = list(checks)
    found = {name for one in listed for when, _ in one.conditions for name in when.names}
    return found | {name for one in listed for text, _ in one.texts for name in names_in(text)}


def green_codes(table: ir.Table, checks: Mapping[str, GreenCheck]) -> ir.Table:
    """(account_id, as_of, one column a check) from the wide ``table`` of ``values.values``."""
    return table.select(*KEYS, **codes_of(table, checks))


def codes_of(table: ir.Table, checks: Mapping[str, GreenCheck]) -> dict[str, ir.IntegerValue]:
    """The code of each check, as columns of ``table``."""
    return {name: _code(one, table).cast("int16") for name, one in checks.items()}


def state_of(code: int) -> str | None:
    """fail, pass or unknown; None where the account was not asked.

    >>> state_of(FAIL + 1), state_of(EXEMPT), state_of(UNCLEAR), state_of(NOT_ASKED)
    ('fail', 'pass', 'unknown', None)
    """
    if code == NOT_ASKED:
        return None
    return "fail" if code >= FAIL else "pass" if code in (PASS, EXEMPT) else "unknown"


def states(code: ir.IntegerValue) -> ir.StringValue:
    """The same as a column; null where the account was not asked."""
    return ibis.cases(
        (code == NOT_ASKED, ibis.null("string")), (code >= FAIL, "fail"), (code.isin((PASS, EXEMPT)), "pass"),
        else_="unknown",
    )


def _code(one: GreenCheck, table: ir.Table) -> ir.IntegerValue:
    branches: list[tuple[ir.BooleanValue, int]] = [(~table.scored.fill_null(False), NOT_ASKED)]
    if one.exempt is not None:
        branches.append((_holds(one.exempt.when, table).fill_null(False), EXEMPT))
    branches += [(_holds(u.when, table).fill_null(False), UNCLEAR + n) for n, u in enumerate(one.unknown)]
    reasons = [_known(f.when, table) for f in one.fails]
    branches += [(reason.fill_null(False), FAIL + n) for n, reason in enumerate(reasons)]
    branches.append((reduce(lambda a, b: a | b, (r.isnull() for r in reasons)), UNKNOWN))
    return ibis.cases(*branches, else_=PASS)


def _holds(when: Expression, table: ir.Table) -> ir.BooleanValue:
    return condition(to_ibis(when, {name: table[name] for name in when.names}))


def _known(when: Expression, table: ir.Table) -> ir.BooleanValue:
    """The condition, null as soon as a name that it needs is null."""
    needed = sorted(names_needed(when))
    if not needed:
        return _holds(when, table)
    missing = reduce(lambda a, b: a | b, (table[name].isnull() for name in needed))
    return ibis.ifelse(missing, ibis.null("boolean"), _holds(when, table))
