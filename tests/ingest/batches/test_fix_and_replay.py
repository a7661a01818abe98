"""Bad rows out to a file, corrected, and back; or tried again after the source was corrected."""

import csv
import io

import pytest

from holdfast.errors.batch import BadCorrections
from holdfast.ingest.quarantine import corrections_in, read_corrections, write_for_correction
from holdfast.ingest.retry import retry
from holdfast.state.models import Batch, QuarantineMove

HEAD = "id,account,user,at,what,n"
GOOD = [f"e{i},A,u1,2026-02-01T10:00:{i:02d}Z,login,1" for i in range(40)]
BAD = ['b1,A,kim,never,"log, in",1', "b2,A,u1,2026-02-01T10:00:00Z,=cmd(),many"]


@pytest.fixture
def loaded(place):
    place.write("events.csv", HEAD, *GOOD, *BAD)
    assert place.account(place.ingest()) == (42, 40, 0, 2, 0)
    return place


def run_retry(place, **more):
    return retry(place.folder, place.definitions, place.lake, clock=lambda: place.now, **more)


def test_raw_rows_are_kept_as_they_came(loaded):
    assert [row["raw"] for row in loaded.quarantine()] == ["text:" + row for row in BAD]
    assert [(r["line"], r["column"], r["reason"]) for r in loaded.quarantine()] == [
        (42, "at", "bad_date"), (43, "n", "bad_number")]


def test_corrected_rows_go_in(loaded, tmp_path):
    target = tmp_path / "rows.csv"
    assert write_for_correction(loaded.quarantine(), target) == 2
    rows = list(csv.DictReader(target.open(newline="")))
    assert rows[0]["raw"] == BAD[0]
    rows[0]["raw"] = rows[0]["raw"].replace("never", "2026-02-03")
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    (outcome,) = run_retry(loaded, corrections=read_corrections(target), by="ann@us.example")
    assert (outcome.tried, outcome.kept) == (2, 1)
    batch = Batch.objects.get(source="events")
    assert (batch.rows_in, batch.kept, batch.quarantined) == (42, 41, 1)
    assert list(QuarantineMove.objects.values_list("line", "reason", "by")) == [(42, "bad_date", "ann@us.example")]
    assert loaded.query("SELECT name, line FROM events WHERE event_id = 'b1'") == [("log, in", 42)]
    assert [r["line"] for r in loaded.quarantine()] == [43]
    assert run_retry(loaded, corrections=read_corrections(target))[0].kept == 0


def test_a_corrected_source_lets_its_rows_in(loaded):
    loaded.source("events", loaded.texts["sources/events.yml"].replace(
        "quantity: n", "quantity: {column: n, empty: [many]}"))
    (outcome,) = run_retry(loaded)
    assert (outcome.tried, outcome.kept) == (2, 1)
    assert [r["line"] for r in loaded.quarantine()] == [42]


def test_a_row_that_the_source_no_longer_wants_is_filtered(loaded):
    text = loaded.texts["sources/events.yml"].replace("    columns:", "    where: \"at <> 'never'\"\n    columns:")
    loaded.source("events", text)
    (outcome,) = run_retry(loaded)
    assert (outcome.kept, outcome.filtered) == (0, 1)
    assert Batch.objects.get(source="events").filtered == 1


def test_a_file_of_corrections_must_have_its_columns(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("batch_id,raw\n")
    with pytest.raises(BadCorrections, match="the column 'row' is missing"):
        read_corrections(path)


def test_a_cell_that_is_longer_than_is_read_is_said():
    long = b'batch_id,row,raw\nb1,1,"' + b"a" * (csv.field_size_limit() + 1) + b'"\n'
    with pytest.raises(BadCorrections, match="the file is no CSV: field larger than field limit"):
        corrections_in(io.BytesIO(long), "rows.csv")


def test_a_row_of_a_latin_source_is_tried_again_in_utf8(place):
    text = place.texts["sources/events.yml"]
    place.source("events", text.replace("files: events*.csv", "files: events*.csv\nencoding: latin-1"))
    rows = "\n".join([HEAD, *GOOD, "b1,A,kim,2026-02-01T10:00:00Z,größe,viele"])
    (place.folder / "events.csv").write_bytes(rows.encode("latin-1"))
    assert place.account(place.ingest()) == (41, 40, 0, 1, 0)
    place.source("events", place.texts["sources/events.yml"].replace(
        "quantity: n", "quantity: {column: n, empty: [viele]}"))
    assert [o.kept for o in run_retry(place)] == [1]
    assert place.query("SELECT name FROM events WHERE event_id = 'b1'") == [("größe",)]
