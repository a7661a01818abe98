"""Published tables as files: long, sorted, the same bytes for the same data."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow.compute as pc

from holdfast.errors.workspace import UnknownTable, WrongOption

from .published import Published

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = {".csv": "FORMAT csv, HEADER", ".parquet": "FORMAT parquet, COMPRESSION zstd", ".jsonl": "FORMAT json"}
QUERIES = {
    "scores": (
        "scores",
        "SELECT account_id, as_of, dial, scorecard, version, score, band, coverage, low, high FROM rows"
        " ORDER BY account_id, as_of, dial, scorecard",
    ),
    "components": (
        "components",
        "SELECT account_id, as_of, dial, scorecard, component, weight, weight_effective, score, contribution"
        " FROM rows ORDER BY account_id, as_of, dial, scorecard, component",
    ),
    "adjustments": (
        "adjustments",
        "SELECT account_id, as_of, dial, scorecard, kind, amount, why FROM rows"
        " ORDER BY account_id, as_of, dial, scorecard, kind, why",
    ),
    "metrics": (
        "metrics",
        "SELECT account_id, as_of, metric, value FROM"
        " (UNPIVOT (SELECT COLUMNS(c -> NOT contains(c, '__')) FROM rows)"
        " ON COLUMNS(* EXCLUDE (account_id, as_of)) INTO NAME metric VALUE value)"
        " ORDER BY account_id, as_of, metric",
    ),
    "signals": (
        "signals",
        "SELECT account_id, signal, opened_on, last_on, cleared_on, state, severity, opened_severity,"
        " worst_severity, worsened_on, unknown_since, times FROM rows ORDER BY account_id, signal, opened_on",
    ),
    "green_checks": (
        "green_checks",
        'SELECT account_id, "check", from_on, to_on, state, green_then FROM rows'
        ' ORDER BY account_id, "check", from_on',
    ),
    "signal_evidence": (
        "signal_evidence",
        "SELECT account_id, signal, opened_on, as_of, name, value FROM rows"
        " ORDER BY account_id, signal, opened_on, as_of, name",
    ),
}
"""Table -> the history table behind it, and the query over its rows."""
DATELESS = ("signals", "green_checks")
"""Tables whose rows span days: without history those that are still open."""
STATE_TABLES = ("quarantine", "batches")


def export(published: Published, table: str, out: Path, *, history: bool) -> int:
    """Write ``table`` to ``out`` in the format of its ending; the number of rows written."""
    form = FORMATS.get(out.suffix)
    if form is None:
        raise WrongOption(
            option="-o", value=out, reason="the ending names no format", hint="use .csv, .parquet or .jsonl"
        )
    if table not in QUERIES:
        if table in STATE_TABLES:
            return _copy(state_rows(published, table), "SELECT * FROM rows", out, form)
        raise UnknownTable(table=table, tables=", ".join([*QUERIES, *STATE_TABLES]))
    source, query = QUERIES[table]
    if table in DATELESS:
        rows = published.read(source)
        return _copy(rows if history else rows.filter(_open(table, published.as_of)), query, out, form)
    rows = published.read(source, days=None if history else [published.as_of])
    return _copy(rows, query, out, form)


def _open(table: str, day: date) -> pc.Expression:
    return pc.field("cleared_on").is_null() if table == "signals" else pc.field("to_on") == day


def state_rows(published: Published, table: str) -> pa.Table:
    """The rows of quarantine or batches, without what differs between equal runs."""
    from .state_tables import batches, quarantine

    return batches() if table == "batches" else quarantine(published)


def _copy(rows: pa.Table, query: str, out: Path, form: str) -> int:
    draft = out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        target = str(draft).replace("'", "''")
        count: int = connection.execute(f"COPY ({query}) TO '{target}' ({form})").fetchall()[0][0]
    os.replace(draft, out)
    return count
