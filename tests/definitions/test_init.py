"""The workspace to start from passes its own check."""

from __future__ import annotations

import pytest

from holdfast.definitions.extends_diff import extends_diff
from holdfast.definitions.init import write_workspace
from holdfast.definitions.load import check, load
from holdfast.errors.definitions import FolderNotEmpty


def test_the_starter_has_no_errors_and_no_warnings(tmp_path):
    written = write_workspace(tmp_path / "new")
    assert {path.name for path in written} >= {"holdfast.yml", "people.yml", "features.yml", "segments.yml"}
    assert [f"{f.id} {f.place} {f.what}" for f in check(tmp_path / "new") if f.level != "advice"] == []


def test_the_starter_scores_health_and_new_customers(tmp_path):
    write_workspace(tmp_path)
    definitions = load(tmp_path)
    assert set(definitions.scorecards) == {"health", "new_customer"}
    assert definitions.scorecards["health"].components == definitions.library["balanced"].components
    assert extends_diff(definitions, definitions.scorecards["health"]) == ()


def test_the_commented_change_of_weights_adds_up(tmp_path):
    write_workspace(tmp_path)
    path = tmp_path / "scorecards" / "health.yml"
    lines = path.read_text().splitlines()
    start = lines.index("# components:")
    end = next(n for n in range(start, len(lines)) if lines[n].startswith("# To remove"))
    lines[start:end] = [line.removeprefix("# ") for line in lines[start:end]]
    path.write_text("\n".join(lines))
    assert [f"{f.id} {f.what}" for f in check(tmp_path) if f.level == "error"] == []


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(FolderNotEmpty) as refused:
        write_workspace(tmp_path)
    assert str(tmp_path) in str(refused.value)
    assert refused.value.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_fresh_git_folder_is_empty_enough(tmp_path):
    (tmp_path / ".git").mkdir()
    assert write_workspace(tmp_path)
