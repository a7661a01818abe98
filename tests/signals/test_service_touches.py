"""Late touches are findings: those that the tier of the account promises, by hand, and nothing where it is unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

import holdfast
from holdfast.definitions.load import builtin
from holdfast.definitions.service_days import NEVER, with_service
from holdfast.definitions.signal import Signal
from holdfast.lake import duckdb_engine
from holdfast.signals.on_day import firing

TOUCHES = {
    "outreach_overdue": ("outreach_days", "days_since_two_way_contact"),
    "business_review_overdue": ("review_days", "days_since_review"),
    "executive_contact_overdue": ("executive_days", "executive_contact_days"),
}
DAY = date(2026, 3, 29)


def test_open_findings_are_the_late_touches_by_hand(small_company: Path) -> None:
    site = holdfast.open(small_company)
    service = {one.tier: one for one in builtin().service}
    by_value = {one.value_tier: one for one in builtin().service}
    stored = site.published.read("metrics", days=[site.published.as_of]).to_pylist()
    metrics = {row["account_id"]: row for row in stored}
    late = set()
    for row in site.accounts():
        tier = service.get((row["dials"].get("tier") or {}).get("band")) or by_value.get(row["value_tier"])
        for signal, (days, metric) in TOUCHES.items():
            allowed, past = getattr(tier, days, None), metrics[row["account_id"]][metric]
            if row["scored"] and allowed is not None and past is not None and past > allowed:
                late.add((row["account_id"], signal))
    found = [row for row in site.signals()["findings"] if row["signal"] in TOUCHES]
    assert {(row["account_id"], row["signal"]) for row in found} == late
    assert {row["severity"] for row in found} <= {"low"}
    assert all(row["value"] == metrics[row["account_id"]][row["metric"]] for row in found)


def open_on(rows: list[dict[str, Any]], bands: dict[str, str]) -> set[str]:
    engine = duckdb_engine()
    frame = engine.frame(pa.table({
        "account_id": [r["id"] for r in rows], "as_of": pa.array([DAY] * len(rows), pa.date32()),
        "scored": [True] * len(rows), "value_tier": pa.array([r["value"] for r in rows], pa.string()),
    }))
    wide = engine.frame(pa.table({
        "account_id": [r["id"] for r in rows], "as_of": pa.array([DAY] * len(rows), pa.date32()),
        "days_since_two_way_contact": pa.array([r["days"] for r in rows], pa.float64()),
    }))
    scores = engine.frame(pa.table({
        "account_id": pa.array(list(bands), pa.string()), "as_of": pa.array([DAY] * len(bands), pa.date32()),
        "dial": pa.array(["tier"] * len(bands), pa.string()), "score": pa.array([50.0] * len(bands), pa.float64()),
        "band": pa.array(list(bands.values()), pa.string()), "coverage": pa.array([1.0] * len(bands), pa.float64()),
    }))
    asked = {"outreach_overdue": builtin().signals["outreach_overdue"]}
    return set(engine.arrow(firing(frame, wide, asked, scores, engine.cache))["account_id"].to_pylist())


def test_the_tier_score_decides_before_revenue_and_an_unknown_tier_is_no_finding() -> None:
    rows = [
        {"id": "at the limit", "value": "smb", "days": 31.0}, {"id": "a day over", "value": "smb", "days": 32.0},
        {"id": "by revenue", "value": "smb", "days": 93.0}, {"id": "by revenue, in time", "value": "smb", "days": 92.0},
        {"id": "no tier", "value": None, "days": 900.0}, {"id": "nothing promised", "value": "starter", "days": 900.0},
        {"id": "never in touch", "value": "enterprise", "days": None},
    ]
    assert open_on(rows, {"at the limit": "enterprise", "a day over": "enterprise"}) == {"a day over", "by revenue"}


def test_the_days_are_those_of_the_service_file() -> None:
    shipped = builtin()
    one = shipped.signals["executive_contact_overdue"]
    raw = one.model_copy(update={"thresholds": {
        name: t.model_copy(update={"cases": ()}) for name, t in one.thresholds.items()}})
    service = [tier.model_copy(update={"executive_days": 7}) for tier in shipped.service]
    changed: Signal = with_service(raw, service)
    assert {case.value for case in changed.thresholds["executive_allowed"].cases} == {7.0}
    assert {case.value for case in one.thresholds["executive_allowed"].cases} == {92.0, NEVER}
    assert with_service(shipped.signals["contact_lost"], service) is shipped.signals["contact_lost"]
