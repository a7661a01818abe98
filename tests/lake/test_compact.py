"""Many files become one of the same rows; who reads an older version keeps reading it; a kill leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.errors.lake import CompactionDiffers, DamagedFile
from holdfast.lake import Lake, StagedFile
from holdfast.lake import compact as compacting
from holdfast.lake.compact import compact
from holdfast.lake.upkeep import clean_up, damaged, orphans

SCHEMA = pa.schema([("n", pa.int64()), ("t", pa.string())])
KILLED = -9


@pytest.fixture
def table(tmp_path):
    """Ten files of January, two of February, one commit each."""
    table = Lake(tmp_path / "lake").table("numbers")
    for number in range(12):
        path = tmp_path / f"{number}.parquet"
        rows = [(number + 12 * k) % 50 for k in range(20)]
        pq.write_table(pa.table({"n": rows, "t": [f"row {n}" for n in rows]}, schema=SCHEMA), path)
        month = {"month": "2026-01" if number < 10 else "2026-02"}
        table.commit([StagedFile(path, month)], SCHEMA, f"batch-{number}", partition_by=["month"])
    return table


def rows(table, version=None):
    return sorted(str(r) for f in table.files(version) for r in pq.read_table(f, partitioning=None).to_pylist())


def merged(table, tmp_path, few=8):
    with duckdb.connect() as con:
        return compact(table, con, SCHEMA, "n, t", tmp_path / "staging", few=few)


def test_the_rows_are_the_same_in_order_and_older_versions_stay(table, tmp_path):
    version, before = table.version(), rows(table)
    assert merged(table, tmp_path) == 10
    assert rows(table) == rows(table, version) == before
    assert len(table.paths()) == 3
    (whole,) = [p for p in table.paths() if "month=2026-01" in str(p)]
    found = pq.read_table(whole, partitioning=None)["n"].to_pylist()
    assert found == sorted(found)
    assert table.version() == version + 1
    assert merged(table, tmp_path) == 0
    assert not list((tmp_path / "staging").iterdir())


def test_clean_up_spares_what_a_kept_run_binds(table, tmp_path):
    version, before = table.version(), rows(table)
    merged(table, tmp_path)
    assert clean_up(table, [version]) == []
    assert len(clean_up(table, [])) == 10
    assert rows(table) == before
    assert damaged(table) == []
    assert orphans(table) == []
    with pytest.raises(DamagedFile):
        table.files(version)


def test_clean_up_leaves_what_waits_for_its_commit(table):
    waiting = table.folder / "month=2026-01" / "waiting.parquet"
    waiting.write_bytes(b"x")
    assert clean_up(table, []) == []
    assert orphans(table) == [waiting]


def test_a_damaged_file_is_named_and_not_merged(table, tmp_path):
    path = table.paths()[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedFile, match=path.name):
        merged(table, tmp_path)
    assert damaged(table) == [str(path)]


def test_a_merge_that_loses_a_row_never_counts(table, tmp_path, monkeypatch):
    version = table.version()
    real = compacting._read
    monkeypatch.setattr(compacting, "_read", lambda files: f"(SELECT * FROM {real(files)} WHERE n > 0)"
                        if len(files) == 1 else real(files))
    with pytest.raises(CompactionDiffers):
        merged(table, tmp_path)
    assert table.version() == version


@pytest.mark.parametrize("point", [
    "compact.numbers.before_write", "compact.numbers.after_write", "lake.numbers.before_place",
    "lake.numbers.before_commit", "lake.numbers.after_commit", "compact.numbers.after_commit",
])
def test_a_kill_leaves_the_same_rows_and_nothing_else(table, tmp_path, point):
    before = rows(table)
    code = (
        "import duckdb, sys, pyarrow as pa; from pathlib import Path\n"
        "from holdfast.lake import Lake; from holdfast.lake.compact import compact\n"
        "schema = pa.schema([('n', pa.int64()), ('t', pa.string())])\n"
        "compact(Lake(Path(sys.argv[1])).table('numbers'), duckdb.connect(), schema, 'n, t', Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", code, str(table.folder.parent), str(tmp_path / "staging")]
    assert subprocess.run(command, env={**os.environ, "HOLDFAST_FAILPOINT": point}, check=False).returncode == KILLED
    assert rows(table) == before
    assert subprocess.run(command, env=dict(os.environ), check=False).returncode == 0
    assert rows(table) == before
    assert len(table.paths()) == 3
    assert orphans(table) == []
