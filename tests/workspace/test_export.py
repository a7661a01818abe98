"""Exported tables are long, complete and sorted, the same in every format."""

from __future__ import annotations

import csv
import json

import pyarrow.parquet as pq
import pytest

import holdfast

KEYS = {
    "scores": ("account_id", "as_of", "dial", "scorecard"),
    "components": ("account_id", "as_of", "dial", "scorecard", "component"),
    "metrics": ("account_id", "as_of", "metric"),
    "adjustments": ("account_id", "as_of", "dial", "scorecard", "kind", "why"),
    "signals": ("account_id", "signal", "opened_on"),
    "signal_evidence": ("account_id", "signal", "opened_on", "as_of", "name"),
    "green_checks": ("account_id", "check", "from_on"),
    "quarantine": ("source", "file", "line", "column", "reason"),
    "batches": ("source", "batch_id"),
}
COLUMNS = {
    "scores": "account_id as_of dial scorecard version score band coverage low high",
    "components": "account_id as_of dial scorecard component weight weight_effective score contribution",
    "metrics": "account_id as_of metric value",
    "adjustments": "account_id as_of dial scorecard kind amount why",
    "signals": "account_id signal opened_on last_on cleared_on state severity opened_severity worst_severity "
    "worsened_on unknown_since times",
    "signal_evidence": "account_id signal opened_on as_of name value",
    "green_checks": "account_id check from_on to_on state green_then",
    "batches": "source batch_id rows_in kept quarantined duplicate filtered",
}


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("history", [False, True])
def test_sorted_and_the_same_in_every_format(small_company, tmp_path, table, history):
    site = holdfast.open(small_company)
    counts = {e: site.export(table, tmp_path / f"t.{e}", history=history) for e in ("csv", "parquet", "jsonl")}
    rows = pq.read_table(tmp_path / "t.parquet").to_pylist()
    assert set(counts.values()) == {len(rows)}
    if table in COLUMNS and rows:
        assert list(rows[0]) == COLUMNS[table].split()
    keys = [tuple("" if row[k] is None else row[k] for k in KEYS[table]) for row in rows]
    assert keys == sorted(keys)
    if table != "quarantine":
        assert len(set(keys)) == len(keys)
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [r[KEYS[table][0]] for r in found] == [r[KEYS[table][0]] for r in rows]
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)[KEYS[table][0]] for line in lines] == [r[KEYS[table][0]] for r in rows]
    again = tmp_path / "again.csv"
    site.export(table, again, history=history)
    assert again.read_bytes() == (tmp_path / "t.csv").read_bytes()


def test_every_account_every_day_every_metric(small_company, tmp_path):
    site = holdfast.open(small_company)
    site.export("scores", tmp_path / "s.parquet", history=True)
    scores = pq.read_table(tmp_path / "s.parquet").to_pylist()
    health = {(r["account_id"], r["as_of"]) for r in scores if r["dial"] == "health"}
    frame = site.published.read("frame").to_pylist()
    assert health == {(r["account_id"], r["as_of"]) for r in frame}
    site.export("metrics", tmp_path / "m.parquet", history=True)
    stored = site.published.read("metrics")
    names = [c for c in stored.column_names if c not in ("account_id", "as_of") and "__" not in c]
    values = sum(len(stored) - stored[c].null_count for c in names)
    assert pq.read_table(tmp_path / "m.parquet").num_rows == values


def test_batches_add_up(small_company, tmp_path):
    holdfast.open(small_company).export("batches", tmp_path / "b.parquet")
    for row in pq.read_table(tmp_path / "b.parquet").to_pylist():
        assert row["rows_in"] == row["kept"] + row["quarantined"] + row["duplicate"] + row["filtered"]
