"""Adoption beside peers: quartiles by hand, due days, and the same figures as the metrics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

import holdfast
from holdfast.definitions.features import Features
from holdfast.workspace.adoption import milestones, quartiles


def test_quartiles_are_those_of_scored_peers_of_the_segment_who_have_a_value() -> None:
    accounts = [f"a{n}" for n in range(12)]
    frame = pa.table({
        "account_id": accounts, "segment": ["x"] * 10 + ["y", "x"], "scored": [True] * 11 + [False],
    })
    metrics = pa.table({
        "account_id": accounts,
        "core_adoption": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, None, 9.0, 9.0],
        "expansion_adoption": [0.5] * 7 + [None] * 5,
    })
    found = quartiles({"frame": frame, "metrics": metrics}, "x")
    assert found == {"core_adoption": {"low": 0.2, "middle": 0.4, "high": 0.6, "n": 9}}


def test_milestones_are_due_so_many_days_after_the_start() -> None:
    features = Features.model_validate({"milestones": [
        {"milestone": "first_job", "name": "job", "due_days": 14}, {"milestone": "b", "label": "B", "feature": "b",
                                                                    "due_days": 0}]})
    day = date(2026, 6, 30)
    found = milestones(features, 10, {"milestones_done": 1.0, "milestones_overdue": 1.0}, day)
    assert (found["of"], found["reached"], found["overdue"]) == (2, 1.0, 1.0)
    assert [(d["label"], d["due_on"]) for d in found["due"]] == [("first job", "2026-07-04"), ("B", "2026-06-20")]
    unknown = milestones(features, None, {}, day)
    assert (unknown["reached"], [d["due_on"] for d in unknown["due"]]) == (None, [None, None])


def test_the_document_says_what_the_metrics_say(small_company: Path) -> None:
    site = holdfast.open(small_company)
    metrics = {row["account_id"]: row for row in site.metrics().to_arrow().to_pylist()}
    for row in site.accounts()[:3]:
        found = site.account(row["account_id"]).document["adoption"]
        for measure in found["measures"]:
            assert measure["value"] == metrics[row["account_id"]][measure["metric"]]
        assert found["milestones"]["overdue"] == metrics[row["account_id"]]["milestones_overdue"]
