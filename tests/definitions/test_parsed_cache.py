"""What is remembered of the shipped files is what parsing gives, and it is only a help."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.definitions.draft import Texts, _parsed
from holdfast.definitions.files import shipped_files
from holdfast.definitions.parsed_cache import remembered


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "holdfast" / "definitions"


def test_the_shipped_definitions_come_back_as_they_were(cache: Path) -> None:
    texts = Texts(shipped_files())
    first = remembered(texts.key, lambda: _parsed(texts))
    again = remembered(texts.key, lambda: pytest.fail("parsed again"))
    assert again == first
    assert again[0].metrics[0].place == first[0].metrics[0].place


def test_another_text_is_parsed_anew(cache: Path) -> None:
    assert remembered([("a", "b")], lambda: 1) == 1
    assert remembered([("a", "c")], lambda: 2) == 2
    assert remembered([("ab", "")], lambda: 3) == 3


def test_a_broken_file_is_made_anew(cache: Path) -> None:
    remembered([("a", "b")], lambda: 1)
    (file,) = cache.glob("*.pickle")
    file.write_bytes(b"broken")
    assert remembered([("a", "b")], lambda: 2) == 2
    assert remembered([("a", "b")], lambda: 3) == 2


def test_a_folder_that_others_may_write_to_is_not_trusted(cache: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    assert remembered([("a", "b")], lambda: 1) == 1
    assert remembered([("a", "b")], lambda: 2) == 2


def test_only_so_many_are_kept(cache: Path) -> None:
    for number in range(12):
        remembered([("a", str(number))], lambda: 1)
    assert len(list(cache.glob("*.pickle"))) == 8
