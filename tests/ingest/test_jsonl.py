"""JSON lines: one object a line; what is no object is set aside with its place."""

from __future__ import annotations

import gzip
import json

import pytest

from holdfast.errors.ingest import BadFile, BadHeader
from holdfast.ingest import limits

RECORDS = {
    "event": {
        "event_id": "id",
        "account_id": "account",
        "occurred_at": "at",
        "quantity": "n",
        "device": "context.device.type",
    }
}
GOOD = {"id": "1", "account": "a", "at": "2026-01-01T10:00:00Z", "n": 1.5}


def lines(*objects):
    return "".join((o if isinstance(o, str) else json.dumps(o)) + "\n" for o in objects)


def test_objects_become_rows_with_their_lines(load):
    nested = GOOD | {
        "id": 7,
        "context": {"device": {"type": "phone"}},
        "flag": True,
        "tags": ["b", {"z": 1, "a": None}],
    }
    found = load(lines(GOOD, "", nested), RECORDS, "e.jsonl")
    assert found.column("_line") == [1, 3]
    assert found.column("event_id") == ["1", "7"]
    assert found.column("device") == [None, "phone"]
    assert json.loads(found.rows[1]["properties"]) == {
        "context": '{"device":{"type":"phone"}}',
        "flag": "true",
        "tags": '["b",{"a":null,"z":1}]',
    }


def test_gzip_and_other_line_ends_give_the_same(load):
    clean = load(lines(GOOD, GOOD | {"id": "2"}), RECORDS, "e.jsonl")
    data = lines(GOOD, GOOD | {"id": "2"}).replace("\n", "\r\n").encode()
    assert load(gzip.compress(data), RECORDS, "e.jsonl.gz").rows == clean.rows


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        ('{"id": ' + "[" * 10_000 + "]" * 10_000 + "}", "bad_json", "nested more than 64 levels deep"),
        ('{"id": 1, "id": 2}', "bad_json", "a key stands twice in one object"),
        ('{"id": 1, "x": {"a": 1, "a": 2}}', "bad_json", "a key stands twice in one object"),
        ('{"id": ' + "9" * 5_000 + "}", "bad_json", "a number is too long"),
        ('{"id": "\\ud800"}', "bad_encoding", "half of a surrogate pair"),
        ('{"id": 1', "bad_json", "Expecting ',' delimiter at character 9"),
        ("[1, 2]", "bad_row", "the line is not an object"),
        ('{"n": NaN' + "}" * 2, "bad_json", "Extra data at character 11"),
        (json.dumps({f"k{i}": i for i in range(2_001)}), "bad_json", "more than 2,000 keys"),
    ],
    ids=["deep", "doubled", "doubled inside", "huge integer", "surrogate", "cut off", "array", "rest", "many keys"],
)
def test_b18_what_is_no_proper_object_is_set_aside(load, line, reason, detail):
    found = load(lines(GOOD, line, GOOD | {"id": "3"}), RECORDS, "e.jsonl")
    assert [(r["line"], r["reason"], r["detail"]) for r in found.rejects] == [(2, reason, detail)]
    assert found.column("_line") == [1, 3]


def test_b18_a_line_above_the_cap_and_numbers_that_are_not_finite(load, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 5_000)
    data = lines(GOOD, GOOD | {"x": "y" * 6_000}, '{"id":"3","account":"a","at":"2026-01-01","n":1e400}', '{"n": NaN}')
    found = load(data, RECORDS, "e.jsonl")
    assert found.reasons == {2: "too_long", 3: "not_finite", 4: "missing_required"}


def test_b18_a_million_different_keys_do_not_become_columns(load):
    data = lines(*({f"key{i}_{j}": 1 for j in range(100)} for i in range(30)))
    with pytest.raises(BadHeader, match="different keys"):
        load(data, RECORDS, "e.jsonl")


def test_an_array_is_refused_in_words(load):
    with pytest.raises(BadFile, match="one object a line"):
        load(json.dumps([GOOD]), RECORDS, "e.jsonl")


def test_bytes_that_are_not_utf8(load):
    found = load(lines(GOOD).encode() + b'{"id": "\xff"}\n', RECORDS, "e.jsonl")
    assert found.reasons == {2: "bad_encoding"}


def test_the_order_of_keys_changes_nothing(load):
    swapped = dict(reversed((GOOD | {"z": {"b": 1, "a": 2}}).items()))
    assert (
        load(lines(GOOD | {"z": {"a": 2, "b": 1}}), RECORDS, "a.jsonl").rows
        == load(lines(swapped), RECORDS, "b.jsonl").rows
    )
