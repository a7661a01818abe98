"""How one RecordMap turns the rows of an export into typed rows: one SQL statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.definitions.source import ColumnMap, RecordMap, Source
from holdfast.records import RECORDS, Column, RecordType

from .base_query import BaseQuery
from .column_plan import ColumnPlan, column_plan
from .raw_columns import RawColumns

EFFECTIVE = Column("_effective_at", "timestamp")
RECEIVED = Column("_received_at", "timestamp")


@dataclass(frozen=True)
class RecordPlan:
    """The plan of one record map. ``sql`` reads the table ``raw`` and gives, for each wanted row: ``_row``,
    ``v0``.. (values), ``z0``.. (whether a time is UTC), ``bad`` (number of the first bad column, ':' and
    the reason, or null), ``attributes`` and ``personal`` where there are any.
    """

    kind: RecordType
    columns: tuple[ColumnPlan, ...]
    sql: str
    attributes: str | None
    personal: bool


def record_plan(source: Source, index: int, raw: RawColumns, base: BaseQuery) -> RecordPlan:
    """The plan of ``source.records[index]`` for an export with these columns."""
    record = source.records[index]
    kind = RECORDS[record.record]
    plans = tuple(_columns(source, record, kind, raw, base, index))
    home = next((n for n in ("attributes", "properties") if n in kind.by_name and n not in record.columns), None)
    loose = _unmapped(source, raw)
    open_ = [name for name in loose if name not in source.personal] if record.attributes and home else []
    hidden = [name for name in loose if name in source.personal]
    extra = {"attributes": raw.attributes(open_)} if open_ else {}
    if hidden:
        extra["personal"] = raw.attributes(hidden)
    sql = _statement(plans, base, index, extra)
    return RecordPlan(kind, plans, sql, home if open_ else None, bool(hidden))


def _columns(
    source: Source, record: RecordMap, kind: RecordType, raw: RawColumns, base: BaseQuery, index: int
) -> list[ColumnPlan]:
    entries: list[tuple[Column, ColumnMap]] = [
        (column, record.columns[column.name]) for column in kind.columns if column.name in record.columns
    ]
    if source.effective_at is not None:
        entries.append((EFFECTIVE, source.effective_at))
    if source.received_at is not None and "sent_at" in kind.by_name and kind.name == "event":
        entries.append((RECEIVED, source.received_at))
    plans = []
    for number, (column, map) in enumerate(entries):
        spot = (index, column.name)
        plans.append(
            column_plan(
                column,
                map,
                source,
                raw,
                f"t{number}",
                column.required,
                base.expressions.get(spot),
                base.lookups.get(spot),
            )
        )
    return plans


def _statement(plans: Sequence[ColumnPlan], base: BaseQuery, index: int, extra: dict[str, str]) -> str:
    texts = ["base._row"]
    joins = []
    for plan in plans:
        texts.append(f"{plan.text} AS {plan.alias}")
        texts.append(f"CAST({plan.problem} AS VARCHAR) AS {plan.alias}p")
        if plan.lookup is not None:
            key = base.lookup_key(plan.lookup)
            joins.append(f"LEFT JOIN lookup{plan.lookup} AS l{plan.lookup} ON l{plan.lookup}.key = {key}")
    texts.extend(f"{sql} AS {name}" for name, sql in extra.items())
    wanted = base.wanted.get(index)
    where = f"WHERE {wanted}" if wanted else ""
    inner = f"SELECT {', '.join(texts)} FROM base {' '.join(joins)} {where}"
    steps = ", ".join(f"{plan.cast.step} AS {plan.alias}s" for plan in plans)
    stepped = f"SELECT *, {steps} FROM texts" if plans else "SELECT * FROM texts"
    values = ", ".join(f"{plan.cast.value} AS {plan.alias}v" for plan in plans)
    valued = f"SELECT *, {values} FROM steps" if plans else "SELECT * FROM steps"
    result = ["_row", *extra]
    for number, plan in enumerate(plans):
        result.append(f"{plan.alias}v AS v{number}")
        if plan.cast.zoned is not None:
            result.append(f"{plan.cast.zoned} AS z{number}")
    reasons = ", ".join(f"'{n}:' || {plan.reason}" for n, plan in enumerate(plans))
    result.append(f"coalesce({reasons}) AS bad" if plans else "CAST(NULL AS VARCHAR) AS bad")
    order = "ORDER BY _row" if joins else ""
    return (
        f"WITH base AS ({base.sql}), texts AS ({inner}), steps AS ({stepped}), valued AS ({valued}) "
        f"SELECT {', '.join(result)} FROM valued {order}"
    )


def _unmapped(source: Source, raw: RawColumns) -> list[str]:
    """The export's columns that no record uses as a value."""
    used: set[str] = set()
    maps = [map for record in source.records for map in record.columns.values()]
    for map in [*maps, *(m for m in (source.effective_at, source.received_at) if m is not None)]:
        if map.column is not None:
            used.add(map.column)
        if map.expression is not None:
            used |= map.expression.names
        if map.lookup is not None:
            used.add(map.lookup.from_)
    return [name for name in raw.names if name not in used]
