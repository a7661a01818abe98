"""The order of rows in a file does not matter to what comes out of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.ingest import limits
from holdfast.ingest.map_context import MapContext
from holdfast.ingest.mapping import map_source_file

CELLS = st.sampled_from(
    ["", "1", "007", "1,5", "1.234", "NaN", "2026-01-02", "01/02/2026", '"a,b"', '"x ""y"""', "Ü", 'a"b', "'", "true"]
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=5).map(",".join).map(str.encode), min_size=1, max_size=12)
EXTRA = st.lists(st.sampled_from([b'1,"open,x,y', b"\xff,1,1,1", b"1,2", b"x" * 3_000]), max_size=3)


def outcome(source, rows, folder):
    path = Path(folder) / "x.csv"
    path.write_bytes(b"id,revenue,created,extra\n" + b"".join(row + b"\n" for row in rows))
    chunks = list(map_source_file(source, path, MapContext()))
    kept = pa.concat_tables([c.records[0].drop_columns("_line") for c in chunks if c.records]).to_pylist()
    rejects = [(r["reason"], r["column"], r["raw"]) for c in chunks for r in c.rejects.to_pylist()]
    assert sum(c.rows_in for c in chunks) == len(rows)
    return sorted(map(repr, kept)), sorted(map(repr, rejects))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, extra=EXTRA, data=st.data())
def test_the_set_of_mapped_rows_is_the_same(make_source, monkeypatch, rows, extra, data):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 2_000)
    monkeypatch.setattr(limits, "MAX_BAD_ENCODING", 1.0)
    every = [b"1,2,3,4", *rows, *extra]
    source = make_source(
        {"account": {"account_id": "id", "revenue": "revenue", "created_at": "created"}}, delimiter=","
    )
    shuffled = data.draw(st.permutations(every))
    with tempfile.TemporaryDirectory() as folder:
        assert outcome(source, every, folder) == outcome(source, shuffled, folder)
