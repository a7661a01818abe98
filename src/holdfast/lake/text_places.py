"""Texts of queries with places for what differs from one night to the next: names of steps, dates and moments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler

from .fingerprint import Fingerprint, Moment, moment

_TABLE = re.compile(r'"main"\."(\w+)"')
_PLACE = re.compile(r'"main"\.(\d+)\b|HF_MOMENT\((\d+)\)')


class WithPlaces(DuckDBCompiler):  # type: ignore[misc]
    """Dates and moments of a query by their numbers in its fingerprint, where ``numbers`` is set."""

    numbers: Mapping[Moment, int] | None = None

    def visit_Literal(self, op: Any, *, value: Any, dtype: dt.DataType) -> sge.Expression:  # noqa: N802
        """A literal: a place for a moment, itself for all else."""
        key = moment(value, dtype)
        if key is not None and self.numbers is not None:
            number = self.numbers.get(key, len(self.numbers))
            return sge.Anonymous(this="HF_MOMENT", expressions=[sge.convert(number)])
        found: sge.Expression = super().visit_Literal(op, value=value, dtype=dtype)
        return found


def with_places(text: str, fingerprint: Fingerprint) -> str | None:
    """The text with numbers for names; None where it does not hold all that the fingerprint left out, or more."""
    tables, moments = fingerprint.tables, fingerprint.moments
    found = _TABLE.sub(lambda name: f'"main".{tables[name[1]]}' if name[1] in tables else name[0], text)
    held = {(place[1] is None, int(place[1] or place[2])) for place in _PLACE.finditer(found)}
    left_out = {(False, number) for number in tables.values()} | {(True, number) for number in moments.values()}
    return found if held == left_out else None


def filled(text: str, fingerprint: Fingerprint) -> str:
    """The text about the tables and moments of the fingerprint."""
    tables, moments = list(fingerprint.tables), list(fingerprint.moments)
    return _PLACE.sub(lambda p: _moment(*moments[int(p[2])]) if p[1] is None else f'"main"."{tables[int(p[1])]}"', text)


@lru_cache(maxsize=1024)
def _moment(kind: str, value: Any) -> str:
    literal = ops.Literal(value, kind)
    return WithPlaces().visit_Literal(literal, value=literal.value, dtype=literal.dtype).sql(dialect="duckdb")
