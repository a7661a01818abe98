"""YAML: every value knows its place, nothing is executed or guessed, and bombs do not go off."""

from __future__ import annotations

import pytest

from holdfast.definitions.load import check, load
from holdfast.definitions.yaml_loader import MAX_BYTES, load_document
from holdfast.errors.definitions import DefinitionsRefused

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(("text", "id_", "line"), [
    (BOMB, "HF-E006", 1),
    ("".join(BOMB.splitlines(keepends=True)[:5]), "HF-E006", 1),
    ("a: &a {b: *a}\n", "HF-E006", 1),
    ("a: 1\nb: !!python/object/apply:os.system ['true']\n", "HF-E005", 2),
    ("a: !secret x\n", "HF-E005", 1),
    ("a: 1\nb: 2\na: 3\n", "HF-E003", 3),
    ("a: {1: x, 1.0: y}\n", "HF-E003", 1),
    ("a: 1\nb: .nan\n", "HF-E004", 2),
    ("a: -.inf\n", "HF-E004", 1),
    ("a: 1e999\n", "HF-E004", 1),
    ("a:\n\tb: 1\n", "HF-E001", 2),
    ("a: [1, 2\n", "HF-E001", 2),
    ("a: 1\n---\nb: 2\n", "HF-E001", 2),
    ("a: \x07\n", "HF-E001", 0),
    ("[" * 5_000, "HF-E001", 0),
    ("? [a, b]\n: 1\n", "HF-E001", 1),
    ("x" * (MAX_BYTES + 1), "HF-E002", 0),
])
def test_refused_with_its_line_and_a_hint(text, id_, line):
    _, findings = load_document("holdfast.yml", text)
    assert [finding.id for finding in findings] == [id_]
    assert findings[0].place.line == line
    assert findings[0].hint
    assert len(findings[0].what) < 200


def test_a_tab_is_named_in_the_hint():
    _, findings = load_document("holdfast.yml", "a:\n\tb: 1\n")
    assert "spaces" in findings[0].hint


def test_texts_stay_texts():
    document, findings = load_document("a.yml", "a: NO\nb: 12:30:00\nc: 2026-03-29\nd: 007\ne: yes\nf: '1'\n")
    assert findings == []
    assert document.data == {"a": "NO", "b": "12:30:00", "c": "2026-03-29", "d": "007", "e": "yes", "f": "1"}


def test_numbers_truth_and_nothing():
    document, _ = load_document("a.yml", "[1, -2.5, 1e3, 0x1F, 0o17, true, False, null, ~, ]")
    assert document.data == [1, -2.5, 1000.0, 31, 15, True, False, None, None]
    assert [type(v) for v in document.data[:3]] == [int, float, float]


def test_every_value_and_key_knows_its_place():
    document, _ = load_document("a.yml", "top:\n  list:\n    - one\n    - {key: two}\n")
    places = document.places
    assert str(places.of_key(("top", "list"))) == "a.yml:2:3"
    assert str(places.of(("top", "list", "0"))) == "a.yml:3:7"
    assert str(places.of(("top", "list", "1", "key"))) == "a.yml:4:13"
    assert str(places.of(("top", "nowhere", "at", "all"))) == "a.yml:2:3"


def test_aliases_in_moderation_are_fine():
    document, findings = load_document("a.yml", "a: &x {b: 1}\nc: *x\n")
    assert findings == []
    assert document.data["c"] == {"b": 1}


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path):
    (tmp_path / "holdfast.yml").write_bytes(b"\xef\xbb\xbfcompany: Caf\xc3\xa9\r\ntime_zone: Europe/Berlin\r\n")
    assert [finding.id for finding in check(tmp_path)] == ["HF-W004"]
    assert load(tmp_path).settings.company == "Café"


def test_a_key_beside_a_broken_one_is_still_read(tmp_path):
    (tmp_path / "holdfast.yml").write_text("currency: EURO\ncurrency: EUR\ntime_zone: Mars/Base\nhistorie: 52w\n")
    with pytest.raises(DefinitionsRefused) as refused:
        load(tmp_path)
    assert {f.id for f in refused.value.findings} >= {"HF-E003", "HF-E010"}
    assert refused.value.exit_code == 1
    assert "holdfast.yml:" in str(refused.value)
    assert "holdfast check" in str(refused.value)
