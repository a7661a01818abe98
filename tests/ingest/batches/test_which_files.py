"""Which files of a source are taken, and what is said when there are none or one does not fit the others."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.errors.ingest import SchemaChange
from holdfast.ingest.lake_rows import LakeRows
from holdfast.lake import Lake, duckdb_engine

from .conftest import SETTINGS

HEAD = "id,account,user,at,what,n"
ROW = "e1,A,u1,2026-02-01T10:00:00Z,login,1"


def test_a_source_without_files_yet_is_no_failure(place):
    report = place.ingest()
    assert report.good
    assert report.no_files == ("events",)


def test_an_expected_source_without_files_is_refused(place):
    place.texts["holdfast.yml"] = SETTINGS + "expect: {events: 26h}\n"
    report = place.ingest()
    assert [(r.source, r.file) for r in report.refused] == [("events", "events*.csv")]
    assert not report.good


def test_a_source_whose_files_are_gone_is_refused(place):
    place.write("events.csv", HEAD, ROW)
    assert place.ingest().good
    place.remove("events.csv")
    report = place.ingest()
    assert [r.source for r in report.refused] == ["events"]
    assert report.no_files == ()


def test_a_parquet_file_of_another_type_is_refused_by_name(place):
    place.source("events", place.texts["sources/events.yml"].replace("events*.csv", "events*.parquet"))
    row = {"id": ["e1"], "account": ["A"], "user": ["u"], "at": ["2026-02-01T10:00:00Z"], "what": ["login"]}
    pq.write_table(pa.table({**row, "n": [1]}), place.folder / "events_1.parquet")
    pq.write_table(pa.table({**row, "id": ["e2"], "n": [1.5]}), place.folder / "events_2.parquet")
    pq.write_table(pa.table({**row, "id": ["e3"], "n": pa.array([2], pa.int32())}), place.folder / "events_3.parquet")
    report = place.ingest()
    (refused,) = report.refused
    assert (refused.source, refused.file) == ("events", "events_2.parquet")
    assert refused.words == SchemaChange(
        path=place.folder / "events_2.parquet", first=place.folder / "events_1.parquet", column="n",
        before=pa.int64(), after=pa.float64()).words()
    assert place.account(report) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize("column", ["channel", "effective_at"])
def test_files_older_than_a_column_read_as_null(place, column):
    place.write("events.csv", HEAD, ROW)
    place.ingest()
    engine = duckdb_engine()
    there = LakeRows(engine.con.con, Lake(place.data / "lake"))
    (path,) = there.files("event")
    older = place.folder / "older.parquet"
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns([column]), older)
    there.files = lambda table, wanted: [str(older)]
    assert engine.con.con.execute(f"SELECT event_id, {column} FROM ({there.record('event')})").fetchall() == [
        ("e1", None)]
    engine.close()
