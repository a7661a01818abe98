"""A commit counts once, old versions stay readable, and a changed file is never read."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.errors.lake import DamagedFile
from holdfast.lake import Lake, StagedFile

SCHEMA = pa.schema([("n", pa.int64())])


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


def staged(tmp_path, name, numbers):
    path = tmp_path / f"{name}.parquet"
    pq.write_table(pa.table({"n": numbers}, schema=SCHEMA), path)
    return StagedFile(path)


def numbers(table, version=None):
    return sorted(n for f in table.files(version) for n in pq.read_table(f)["n"].to_pylist())


def test_a_commit_repeated_counts_once(lake, tmp_path):
    table = lake.table("t")
    first = staged(tmp_path, "a", [1, 2])
    assert table.commit([first], SCHEMA, "batch-1") == 1
    assert table.commit([first], SCHEMA, "batch-1") == 1
    assert table.has("batch-1")
    assert not table.has("batch-2")
    assert numbers(table) == [1, 2]


def test_an_older_version_stays_readable_after_an_overwrite(lake, tmp_path):
    table = lake.table("t")
    table.commit([staged(tmp_path, "a", [1])], SCHEMA, "one")
    table.commit([staged(tmp_path, "b", [2])], SCHEMA, "two", mode="overwrite")
    assert numbers(table, 1) == [1]
    assert numbers(table) == [2]
    assert lake.versions() == {"t": 2}


def test_partitions_are_part_of_the_path_and_of_no_file(lake, tmp_path):
    table = lake.table("t")
    file = StagedFile(staged(tmp_path, "a", [1]).path, {"month": "2026-01"})
    table.commit([file], SCHEMA, "one", partition_by=["month"])
    (path,) = table.files()
    assert "month=2026-01" in path
    assert numbers(table) == [1]


@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_a_changed_or_missing_file_is_named_and_not_read(lake, tmp_path, harm):
    table = lake.table("t")
    table.commit([staged(tmp_path, "a", [1, 2, 3])], SCHEMA, "one")
    path = next((tmp_path / "lake" / "t").glob("*.parquet"))
    if harm == "flip":
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        data[10] ^= 1
        path.write_bytes(bytes(data))
    else:
        path.unlink()
    with pytest.raises(DamagedFile, match=path.name):
        table.files()
