"""The quality document is made by the worker and read by who serves: the same, with nobody's values on disk."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from holdfast.pipeline.site import Site
from holdfast.workspace import quality as made
from holdfast.workspace.kept_quality import FILE, KeptQuality


@pytest.fixture(scope="module")
def site(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A company with rows in quarantine, whose documents nobody has made yet."""
    folder = shutil.copytree(small_company, tmp_path_factory.mktemp("quality") / "company")
    shutil.rmtree(folder / ".holdfast" / "cache")
    return Site(folder)


def kept_files(site: Site) -> list[Path]:
    """Where documents are kept."""
    return sorted((site.data / "cache").rglob(FILE))


def without_ages(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what the clock moves on."""
    sources = [{name: value for name, value in one.items() if "age" not in name} for one in document["sources"]]
    plain: dict[str, Any] = json.loads(json.dumps(document | {"sources": sources}))
    return plain


def test_what_is_kept_is_what_is_made(site: Site) -> None:
    alone = made.quality(site)
    made.keep_quality(site)
    kept = KeptQuality(site).get()
    assert kept is not None
    assert without_ages(kept) == without_ages(alone)
    assert alone["quarantine"]
    assert all(json.loads(gzip.decompress(file.read_bytes()))["quarantine"] == [] for file in kept_files(site))


def test_it_is_made_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made.keep_quality(site)
    monkeypatch.setattr(made, "quality", lambda site: pytest.fail("made again"))
    made.keep_quality(site)
    assert made.Remembered().document(site)["sources"]


def test_a_damaged_one_is_made_again(site: Site) -> None:
    made.keep_quality(site)
    (file,) = kept_files(site)
    file.write_bytes(file.read_bytes()[:-9])
    assert KeptQuality(site).get() is None
    assert made.Remembered().document(site)["quarantine"]
    assert KeptQuality(site).get() is not None
