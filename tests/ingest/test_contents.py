"""Files that nobody has touched since the last run are told apart without reading them."""

from __future__ import annotations

import os
import shutil

import pytest

from holdfast.ingest import contents
from holdfast.ingest.contents import Contents, content_of


@pytest.fixture
def read(monkeypatch):
    """The files that were read; every file counts as settled."""
    found = []
    monkeypatch.setattr(contents, "SETTLED_NS", -1)
    monkeypatch.setattr(contents, "content_of", lambda path: (found.append(path.name), content_of(path))[1])
    return found


def asked(kept, *files):
    memory = Contents(kept)
    digests = [memory.of(file) for file in files]
    memory.keep()
    assert digests == [content_of(file) for file in files]


def test_a_file_is_read_once(tmp_path, read):
    kept, file = tmp_path / "kept.json", tmp_path / "events.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    for _ in range(3):
        asked(kept, file)
    assert read == ["events.csv"]


def test_what_was_written_over_is_read_again_whatever_its_date_says(tmp_path, read):
    kept, file = tmp_path / "kept.json", tmp_path / "events.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    asked(kept, file)
    before = file.stat()
    file.write_text("id\n2\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    asked(kept, file)
    other = tmp_path / "other.csv"
    other.write_text("id\n3\n", encoding="utf-8")
    shutil.copystat(file, other)
    other.replace(file)
    asked(kept, file)
    assert len(read) == 3


def test_a_file_that_has_just_changed_is_not_trusted(tmp_path, read, monkeypatch):
    monkeypatch.setattr(contents, "SETTLED_NS", 60_000_000_000)
    kept, file = tmp_path / "kept.json", tmp_path / "events.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    asked(kept, file)
    asked(kept, file)
    assert len(read) == 2


def test_files_that_are_gone_are_forgotten(tmp_path, read):
    kept, one, two = tmp_path / "kept.json", tmp_path / "one.csv", tmp_path / "two.csv"
    for file in (one, two):
        file.write_text(file.name, encoding="utf-8")
    asked(kept, one, two)
    asked(kept, one)
    assert "two.csv" not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"a": 3}', '{"a": []}'])
def test_a_damaged_memory_is_as_good_as_none(tmp_path, read, damage):
    kept, file = tmp_path / "kept.json", tmp_path / "events.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    kept.write_text(damage, encoding="utf-8")
    asked(kept, file)
    asked(kept, file)
    assert read == ["events.csv"]


def test_a_memory_that_cannot_be_written_stops_nothing(tmp_path, read):
    file = tmp_path / "events.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    asked(tmp_path / "nowhere" / "kept.json", file)
