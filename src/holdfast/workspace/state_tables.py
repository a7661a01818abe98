"""Batches and quarantine as tables, without what differs between equal runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

if TYPE_CHECKING:
    from .published import Published

QUARANTINE = "quarantine"
_COUNTS = ("rows_in", "kept", "quarantined", "duplicate", "filtered")


def batches() -> pa.Table:
    """One row a batch in order of source and id: source, batch_id, rows_in, kept, quarantined, duplicate, filtered."""
    from holdfast.state.models import Batch

    found = Batch.objects.exclude(state="staged").order_by("source", "batch_id")
    rows = list(found.values("source", "batch_id", *_COUNTS))
    schema = pa.schema([("source", pa.string()), ("batch_id", pa.string()), *((c, pa.int64()) for c in _COUNTS)])
    return pa.Table.from_pylist(rows, schema=schema)


def quarantine(published: Published) -> pa.Table:
    """Rows in quarantine, by source, file and line; the raw text stays in the vault."""
    files = published.site.lake.table(QUARANTINE).files()
    if not files:
        return pa.table({"source": pa.array([], pa.string())})
    query = (
        'SELECT source, file, line, last_line, "column", reason, detail FROM read_parquet(?, union_by_name=true) '
        'ORDER BY source, file, line, "column", reason'
    )
    with duckdb.connect() as connection:
        return connection.execute(query, [files]).to_arrow_table()
