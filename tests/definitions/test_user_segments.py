"""Segments of users are checked: names of users only, conditions only, no name twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from holdfast.definitions.load import check

BASE = Path(__file__).parent / "base"


@pytest.mark.parametrize(("when", "found"), [
    ("active_days >= 4 and champion", []),
    ("active_dayz >= 4", ["HF-E021"]),
    ("wau >= 4", ["HF-E021"]),
    ("active_days = 'many'", ["HF-E046"]),
])
def test_conditions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, found: list[str]) -> None:
    monkeypatch.setenv("HOLDFAST_NOW", "2026-11-21T12:00:00Z")
    folder = tmp_path / "workspace"
    shutil.copytree(BASE, folder)
    text = f'user_segments:\n  - {{segment: busy, label: Busy, when: "{when}"}}\n'
    (folder / "user_segments.yml").write_text(text)
    findings = check(folder)
    assert [one.id for one in findings] == found
    assert all(one.place.file == "user_segments.yml" and one.place.line == 2 for one in findings)


def test_no_name_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_NOW", "2026-11-21T12:00:00Z")
    folder = tmp_path / "workspace"
    shutil.copytree(BASE, folder)
    line = "  - {segment: busy, label: Busy, when: active_days >= 4}\n"
    (folder / "user_segments.yml").write_text(f"user_segments:\n{line}{line}")
    assert [one.id for one in check(folder)] == ["HF-E041"]
