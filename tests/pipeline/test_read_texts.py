"""Each text of the vault is read once, by one version of the reader, and its words stay there."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.lake import TEXT_MARKS, TEXTS, VAULT, Lake, StagedFile
from holdfast.pipeline.read_texts import read_texts
from holdfast.text import readers
from holdfast.text.reader import Reader

FIRST = [
    (1, "ticket", "text", "Hello, we will cancel our contract."),
    (2, "note", "text", "Der Export funktioniert nicht."),
    (3, "ticket", "attributes", "We will cancel our contract."),
    (4, "message", "text", "Acmely is cheaper."),
]


@pytest.fixture
def lake(tmp_path):
    made = Lake(tmp_path / "lake")
    add(made, tmp_path, "b1", FIRST)
    return made


def add(lake, folder, batch, rows):
    filled = [
        {"key": k, "record": r, "column": c, "value": v, "account_id": "a", "batch_id": batch} for k, r, c, v in rows
    ]
    pq.write_table(pa.Table.from_pylist(filled, schema=VAULT), folder / f"{batch}.parquet")
    lake.table(TEXTS).commit([StagedFile(folder / f"{batch}.parquet")], VAULT, batch)


def marks(lake):
    rows = [row for path in lake.table(TEXT_MARKS).files() for row in pq.read_table(path).to_pylist()]
    assert len({row["key"] for row in rows}) == len(rows)
    return {row["key"]: row for row in rows}


def test_the_offsets_point_at_the_words_in_the_vault(lake, tmp_path):
    assert read_texts(lake, Reader(), tmp_path / "s") == 3
    found = marks(lake)
    assert set(found) == {1, 2, 4}
    words = {m["kind"]: FIRST[0][3][m["start"]:m["end"]] for m in found[1]["mentions"]}
    assert words["cancellation"] == "we will cancel"
    assert float(found[1]["mood"]) < 0
    assert (found[2]["language"], found[2]["mood"], found[2]["mentions"]) == ("unknown", None, [])


def test_a_later_run_reads_what_is_new_and_nothing_twice(lake, tmp_path):
    read_texts(lake, Reader(), tmp_path / "s")
    before = lake.table(TEXT_MARKS).version()
    assert read_texts(lake, Reader(), tmp_path / "s") == 0
    assert lake.table(TEXT_MARKS).version() == before
    add(lake, tmp_path, "b2", [FIRST[0], (5, "survey_response", "comment", "Great tool!")])
    assert read_texts(lake, Reader(), tmp_path / "s") == 1
    assert set(marks(lake)) == {1, 2, 4, 5}


def test_another_version_reads_all_again_and_so_does_the_way_back(lake, tmp_path):
    for names, expected in (((), set()), (("Acmely",), {"competitor"}), ((), set())):
        assert read_texts(lake, Reader(names), tmp_path / "s") == 3
        found = marks(lake)
        assert {m["kind"] for m in found[4]["mentions"]} == expected
        assert {row["reader"] for row in found.values()} == {Reader(names).version}


def test_a_lake_without_texts_gets_no_table(tmp_path):
    lake = Lake(tmp_path / "lake")
    assert read_texts(lake, Reader(), tmp_path / "s") == 0
    assert lake.table(TEXT_MARKS).version() is None


def test_no_word_of_a_text_leaves_the_vault(lake, tmp_path):
    read_texts(lake, Reader(["Acmely"]), tmp_path / "s")
    kept = b"".join(p.read_bytes() for p in (lake.folder / TEXT_MARKS).rglob("*") if p.is_file())
    assert b"cancel our" not in kept
    assert b"Acmely" not in kept
    assert not (tmp_path / "s").exists()


def test_several_processes_keep_the_same_marks_in_the_same_order(tmp_path, monkeypatch):
    said = [None, "", "Der Export geht nicht", "We will cancel.", "Acmely is cheaper", "Thanks!", "so slow " * 400]
    rows = [(n, "note", "text", text and f"{n % 50} {text}") for n, text in enumerate(said * 100)]
    tables = []
    for folder, processes in (("one", 1), ("two", 2)):
        monkeypatch.setattr(readers, "MANY", 1)
        monkeypatch.setattr(readers.os, "cpu_count", lambda count=processes: count)
        lake = Lake(tmp_path / folder / "lake")
        (tmp_path / folder).mkdir(exist_ok=True)
        add(lake, tmp_path / folder, "b1", rows)
        assert read_texts(lake, Reader(["Acmely"]), tmp_path / folder / "s") == 500
        tables.append([pq.read_table(path) for path in lake.table(TEXT_MARKS).files()])
    assert tables[0] == tables[1]
