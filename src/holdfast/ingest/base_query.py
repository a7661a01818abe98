"""The first step of mapping: the export's rows with the value of every expression beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from holdfast.definitions.expression import Expression
from holdfast.definitions.source import Lookup, Source
from holdfast.errors.ingest import BadExpression

from .raw_columns import RawColumns

Spot = tuple[int, str]


@dataclass(frozen=True)
class BaseQuery:
    """``sql`` gives the table ``base``: ``_row``, the columns of ``raw``, and e0, e1, ... for expressions.

    ``expressions`` and ``lookups`` say by record number and column where its value comes from, ``wanted``
    gives the condition of each record that has one.
    """

    sql: str
    raw: RawColumns
    expressions: Mapping[Spot, str] = field(default_factory=dict)
    lookups: Mapping[Spot, int] = field(default_factory=dict)
    lookup_list: tuple[Lookup, ...] = ()
    wanted: Mapping[int, str] = field(default_factory=dict)

    def lookup_key(self, number: int) -> str:
        """SQL: the text by which lookup ``number`` is made."""
        return self.raw.text(self.lookup_list[number].from_)


def base_query(source: Source, raw: RawColumns) -> BaseQuery:
    """The base query of a source for an export with these columns."""
    found: dict[Spot, Expression] = {}
    lookups: dict[Spot, int] = {}
    lookup_list: list[Lookup] = []
    conditions: dict[int, Expression] = {}
    for index, record in enumerate(source.records):
        if record.where is not None:
            conditions[index] = record.where
        for name, map in record.columns.items():
            if map.expression is not None:
                found[index, name] = map.expression
            if map.lookup is not None:
                lookups[index, name] = len(lookup_list)
                lookup_list.append(map.lookup)
    for name, extra in (("_effective_at", source.effective_at), ("_received_at", source.received_at)):
        if extra is not None and extra.expression is not None:
            found.update({(index, name): extra.expression for index in range(len(source.records))})
    every: list[Expression] = [*found.values(), *conditions.values()]
    names = {id(expression): f"e{number}" for number, expression in enumerate(every)}
    return BaseQuery(
        _sql(source, raw, every),
        raw,
        {spot: f"base.{names[id(e)]}" for spot, e in found.items()},
        lookups,
        tuple(lookup_list),
        {index: f"base.{names[id(e)]}" for index, e in conditions.items()},
    )


def _sql(source: Source, raw: RawColumns, every: list[Expression]) -> str:
    if not every:
        return "SELECT * FROM raw"
    import ibis

    from holdfast.lake.translate import to_ibis

    schema = ibis.Schema.from_pyarrow(_schema(raw))
    table = ibis.table(schema, name="raw")
    columns = {name: table[f"c{i}"] for i, name in enumerate(raw.names)}
    chosen: list[Any] = [table[name] for name in schema.names]
    for number, expression in enumerate(every):
        try:
            chosen.append(to_ibis(expression, columns).name(f"e{number}"))
        except (ibis.common.exceptions.IbisError, TypeError, ValueError, KeyError) as error:
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise BadExpression(source=source.source, what=first, text=expression.text) from error
    return str(ibis.to_sql(table.select(chosen), dialect="duckdb"))


def _schema(raw: RawColumns) -> Any:
    import pyarrow as pa

    tidy = [(f"c{i}", kind) for i, kind in enumerate(raw.types)]
    as_is = [(f"x{i}", kind) for i, kind in enumerate(raw.types) if pa.types.is_string(kind)]
    return pa.schema([("_row", pa.int64()), *tidy, *as_is])
