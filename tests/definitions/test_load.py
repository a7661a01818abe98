"""Load, check, store and build again; what ships is without findings."""

from __future__ import annotations

import json
import pickle
import re

import pytest
from tests.definitions.workspace import base_files, with_card

from holdfast.definitions import names
from holdfast.definitions.catalogue import FINDINGS
from holdfast.definitions.check import examine
from holdfast.definitions.load import builtin, check, load, load_files
from holdfast.definitions.serialise import from_text, to_text
from holdfast.errors.definitions import DefinitionsRefused, StoredDefinitionsChanged
from holdfast.metrics.derived import DERIVED_COLUMNS
from holdfast.segments.frame import COLUMNS

B21 = {
    "metrics/own.yml": """metrics:
  a:
    label: A
    words: A.
    expression: b * 2
  b:
    label: B
    words: B.
    change: {of: a, over: 30d}
""",
    "scorecards/health.yml": """scorecard: health
version: 1
reason: it is wrong in every way
reviewed: 2026-11-01
components:
  use:
    weight: 60
    metrics:
      wau: {weight: 30, score: {thresholds: {1: 100, 0: 0}}}
      wav: {weight: -5, score: {linear: {from: 0, to: 1}}}
  rest:
    weight: 30
    metrics:
      mau: {weight: 30, score: {linear: {from: 0, to: 1}}}
bands: {thriving: 50, critical: 60}
""",
}


def test_all_errors_are_named_at_once_with_their_lines(tmp_path):
    write(tmp_path, {"holdfast.yml": "company: X\n", **B21})
    errors = {(f.id, str(f.place)) for f in check(tmp_path) if f.level == "error"}
    assert errors == {
        ("HF-E025", "metrics/own.yml:2:3"),
        ("HF-E031", "scorecards/health.yml:5:1"),
        ("HF-E030", "scorecards/health.yml:7:13"),
        ("HF-E035", "scorecards/health.yml:9:45"),
        ("HF-E033", "scorecards/health.yml:10:7"),
        ("HF-E032", "scorecards/health.yml:10:21"),
        ("HF-E037", "scorecards/health.yml:15:8"),
    }
    unknown = next(f for f in check(tmp_path) if f.id == "HF-E033")
    assert unknown.nearest in ("wau", "mau")


def test_definitions_in_force_stay_when_the_files_go_wrong(tmp_path):
    write(tmp_path, base_files())
    before = load(tmp_path)
    stored = to_text(before)
    write(tmp_path, B21)
    with pytest.raises(DefinitionsRefused):
        load(tmp_path)
    assert from_text(stored) == before


def test_stored_files_give_equal_definitions(tmp_path):
    write(tmp_path, base_files())
    loaded = load(tmp_path)
    again = load_files(loaded.files)
    assert again == loaded
    assert again.hash == loaded.hash
    assert pickle.loads(pickle.dumps(loaded)) == loaded


def test_stored_text_brings_back_the_built_ins_of_its_day():
    stored = json.loads(to_text(load_files(base_files())))
    name = next(name for name in stored["builtin"] if name.startswith("metrics/"))
    stored["builtin"][name] = re.sub("label: .*", "label: As it was", stored["builtin"][name], count=1)
    with pytest.raises(StoredDefinitionsChanged):
        from_text(json.dumps(stored))


def test_the_hash_tells_every_change_and_nothing_else():
    files = base_files()
    assert load_files(files).hash == load_files(dict(reversed(files.items()))).hash
    changed = {**files, "holdfast.yml": files["holdfast.yml"] + "# a remark\n"}
    assert load_files(changed).hash != load_files(files).hash


def test_what_ships_is_without_errors_and_warnings():
    _, findings = examine({})
    assert [f"{f.id} {f.place} {f.what}" for f in findings if f.level != "advice"] == []


def test_what_ships_is_there():
    shipped = builtin()
    assert {"balanced", "new_customer", "tier", "value", "flat"} <= set(shipped.library)
    assert shipped.scorecards == shipped.library
    assert shipped.segments
    assert shipped.signals
    assert shipped.playbooks
    assert shipped.escalations
    assert shipped.offers
    assert shipped.reviews
    assert shipped.signal_tables


def test_names_of_frame_and_derived_columns_are_those_of_the_packages_below():
    assert set(names.FRAME_COLUMNS) == set(COLUMNS)
    assert {name: tuple(columns) for name, columns in DERIVED_COLUMNS.items()} == dict(names.DERIVED)


def test_a_metric_of_the_workspace_is_used_instead_of_the_built_in():
    text = "metrics:\n  has_champion:\n    label: Ours\n    words: Ours.\n    expression: mood\n"
    loaded = load_files({**base_files(), "metrics/more.yml": text})
    assert loaded.metrics["has_champion"].label == "Ours"
    assert [f.id for f in loaded.findings] == ["HF-A013"]


def test_segments_of_the_workspace_replace_the_built_in_ones():
    files = base_files()
    assert [s.segment for s in load_files(files).segments] == ["large", "small"]
    del files["segments.yml"]
    card = files["scorecards/young.yml"]
    assert [s.segment for s in load_files({**files, "scorecards/young.yml": card}).segments] == \
        [s.segment for s in builtin().segments]


def test_an_unreadable_file_does_not_make_its_names_unknown_elsewhere():
    files = {**base_files(), "metrics/own.yml": "metrics: [\n"}
    with pytest.raises(DefinitionsRefused) as refused:
        load_files(files)
    assert [f.id for f in refused.value.findings if f.level == "error"] == ["HF-E001"]


def test_an_invalid_metric_is_still_a_known_name():
    files = base_files()
    files["metrics/own.yml"] = files["metrics/own.yml"].replace("window: 30d", "windoww: 30d")
    with pytest.raises(DefinitionsRefused) as refused:
        load_files(files)
    assert [f.id for f in refused.value.findings if f.level == "error"] == ["HF-E010"]


def test_acceptance_keeps_the_finding_and_shows_the_reason():
    card = base_files()["scorecards/young.yml"].replace("2026-11-01", "2020-01-01")
    card += "accept: [{finding: HF-A010, reason: a frozen example}]\n"
    found = [f for f in load_files(with_card("young", card)).findings if f.id == "HF-A010"]
    assert [f.accepted for f in found] == ["a frozen example"]


def test_places_know_the_line_of_any_value():
    loaded = load_files(base_files())
    assert str(loaded.metrics["visits"].at("window")) == "metrics/own.yml:8:13"
    assert str(loaded.metrics["visits"].place) == "metrics/own.yml:2:3"
    assert str(loaded.sources["crm"].records[0].columns["name"].at("column")) == "sources/crm.yml:8:22"
    assert str(loaded.settings.at("time_zone")) == "holdfast.yml:3:12"


@pytest.mark.parametrize("id_", sorted(FINDINGS))
def test_meanings_are_sentences(id_):
    assert FINDINGS[id_].endswith(".")


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_folder_without_settings_is_not_a_workspace(tmp_path):
    with pytest.raises(DefinitionsRefused) as refused:
        load(tmp_path / "nowhere")
    assert "holdfast init" in str(refused.value)
    assert [f.id for f in check(tmp_path)] == ["HF-E007"]
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)
