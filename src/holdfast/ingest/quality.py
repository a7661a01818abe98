"""The state of the data: freshness, batches, quarantine, conflicts, faults, completeness, five dimensions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.source import Source
from holdfast.lake import TEXTS, VAULT, Lake, duckdb_engine
from holdfast.state import batch_ledger

from .conflicts import conflicts
from .current_rows import CurrentRows
from .dimensions import completeness, dimensions
from .faults import faults
from .gaps import gaps
from .lake_rows import LakeRows
from .quarantine import open_quarantine
from .reason import HELP
from .row_account import RowAccount
from .source_states import source_states


def quality_document(
    lake: Lake, definitions: Definitions, *, as_of: date, moment: datetime, run: Mapping[str, Any] | None = None,
    memory: str = "1GB",
) -> dict[str, Any]:
    """The quality document of the workspace as its lake stands now. The state database must be open.

    ``as_of`` is the day on which contracts count as running, ``moment`` the clock for ages.
    """
    engine = duckdb_engine(None, memory)
    try:
        con: duckdb.DuckDBPyConnection = engine.con.con
        there = LakeRows(con, lake)
        rows = CurrentRows(there, definitions.settings.masters)
        quarantine = _quarantine(con, there, definitions.sources)
        compared = conflicts(rows, definitions.settings.masters, as_of)
        conflicting = [one for one in compared if one.count]
        faulty = faults(rows, _notes())
        states = source_states(rows, definitions.sources, definitions.settings.expect, moment)
        filled = completeness(rows)
        return {
            "company": definitions.settings.company,
            "as_of": as_of.isoformat(),
            "run": dict(run) if run else None,
            "sources": states,
            "batches": batch_rows(),
            "quarantine": quarantine,
            "conflicts": [f.as_dict() for f in conflicting],
            "faults": [f.as_dict() for f in faulty],
            "gaps": gaps(rows, faulty, as_of),
            "completeness": filled,
            "dimensions": dimensions(rows, filled, [*compared, *faulty], quarantine, states),
        }
    finally:
        engine.close()


def quarantined(lake: Lake, definitions: Definitions, memory: str = "1GB") -> list[dict[str, Any]]:
    """The part of the document that tells of the quarantine, with the values of the rows from the vault."""
    engine = duckdb_engine(None, memory)
    try:
        con: duckdb.DuckDBPyConnection = engine.con.con
        return _quarantine(con, LakeRows(con, lake), definitions.sources)
    finally:
        engine.close()


def batch_rows() -> list[dict[str, Any]]:
    """Every batch with its row account, in order."""
    found = []
    for batch in batch_ledger.every():
        account = RowAccount(batch.rows_in, batch.kept, batch.duplicate, batch.quarantined, batch.filtered)
        found.append({
            "source": batch.source, "batch_id": batch.pk, "file": batch.file,
            "loaded_at": batch.loaded_at.isoformat(), **account.as_dict(), "adds_up": account.adds_up,
            "state": batch.state, "held": batch.facts.get("held"),
        })
    return found


def _quarantine(con: duckdb.DuckDBPyConnection, there: LakeRows, sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """Open rows by reason, source and column, each with the first as example."""
    table = open_quarantine(con, there)
    found = con.execute(
        f'SELECT g.*, t.value FROM (SELECT reason, source, "column", min(record) AS record, count(*) AS rows, '
        "arg_min({'file': file, 'line': line, 'value_key': value_key}, (batch_id, lid)) AS first "
        f'FROM {table} GROUP BY reason, source, "column") g '
        f"LEFT JOIN (SELECT key, any_value(value) AS value FROM ({there.relation(TEXTS, VAULT)}) "
        "WHERE record = 'quarantine' GROUP BY key) t ON t.key = g.first.value_key "
        'ORDER BY source, rows DESC, reason, "column"'
    ).to_arrow_table().to_pylist()
    return [_entry(row, sources.get(row["source"])) for row in found]


def _entry(row: Mapping[str, Any], source: Source | None) -> dict[str, Any]:
    made = {m.record for m in source.records} if source else set()
    records: Sequence[str] = [row["record"]] if row["record"] else sorted(made)
    first = row["first"]
    return {
        "reason": row["reason"], "source": row["source"], "record": records[0] if records else None,
        "records": list(records), "rows": row["rows"], "help": HELP[row["reason"]],
        "example": {
            "file": first["file"], "line": first["line"], "column": row["column"], "value": row["value"],
        },
    }


def _notes() -> dict[str, int]:
    total: Counter[str] = Counter()
    for batch in batch_ledger.committed():
        total.update(batch.facts.get("notes", {}))
    return dict(total)
