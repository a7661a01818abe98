"""Each finding id has a file that raises it and a near miss that does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from holdfast.definitions.catalogue import FINDINGS
from holdfast.definitions.load import check
from holdfast.definitions.rules import RULES

HERE = Path(__file__).parent
CASES = HERE / "cases"
FILL = re.compile(rb"\{\{fill (\d+)\}\}")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("HOLDFAST_NOW", "2026-11-21T12:00:00Z")
    folder = tmp_path / "workspace"
    shutil.copytree(HERE / "base", folder)
    return folder


def overlay(case: Path, folder: Path) -> str:
    """Lay a case over the base: its first comments say as which file, or what to remove."""
    content, name = case.read_bytes(), ""
    for line in content.decode("utf-8", "replace").splitlines():
        if line.startswith("# remove "):
            gone = folder / line.removeprefix("# remove ")
            shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        elif line.startswith("# as "):
            name = line.removeprefix("# as ")
        else:
            break
    if name:
        filled = FILL.sub(lambda match: b"x" * int(match.group(1)), content)
        (folder / name).write_bytes(filled)
    return name


def test_the_base_has_no_findings(workspace):
    assert check(workspace) == []


def test_every_id_is_in_the_catalogue_and_has_both_cases():
    assert {id_ for rule in RULES for id_ in rule.ids} <= set(FINDINGS)
    assert {path.name for path in CASES.iterdir()} == set(FINDINGS)
    for folder in CASES.iterdir():
        assert {path.name for path in folder.iterdir()} == {"bad.yml", "near_miss.yml"}


def test_no_id_is_made_outside_the_catalogue():
    source = Path(__file__).parents[2] / "src" / "holdfast" / "definitions"
    made = {id_ for path in source.rglob("*.py") for id_ in re.findall(r"HF-[EWA]\d{3}", path.read_text())}
    assert made == set(FINDINGS)


@pytest.mark.parametrize("id_", sorted(FINDINGS))
def test_the_bad_case_raises_its_finding(id_, workspace):
    name = overlay(CASES / id_ / "bad.yml", workspace)
    found = [finding for finding in check(workspace) if finding.id == id_]
    assert found, f"{id_} is not raised"
    assert all(finding.level == {"E": "error", "W": "warning", "A": "advice"}[id_[3]] for finding in found)
    assert all(finding.what for finding in found)
    if name and id_ != "HF-A009":
        assert found[0].place.file == name
        assert found[0].place.line > 0 or id_ in ("HF-E002", "HF-E008", "HF-W001")


@pytest.mark.parametrize("id_", sorted(FINDINGS))
def test_the_near_miss_does_not(id_, workspace):
    overlay(CASES / id_ / "near_miss.yml", workspace)
    findings = check(workspace)
    assert id_ not in {finding.id for finding in findings if finding.accepted is None}
    assert [finding for finding in findings if finding.level == "error"] == []
