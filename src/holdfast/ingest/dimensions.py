"""How good the data of each record type are, in five dimensions of 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from holdfast.records import RECORDS

from .content_hash import quoted
from .current_rows import CurrentRows
from .finding_of_data import DataFinding

_NEVER_WRONG = frozenset(("accounts_with_churn_outcome", "reactivations_among_outcomes"))


def completeness(rows: CurrentRows) -> list[dict[str, Any]]:
    """Filled values of every column of every record that has rows."""
    found: list[dict[str, Any]] = []
    for record in RECORDS.values():
        total = rows.counts[record.name]
        if not total:
            continue
        counts = ", ".join(f"count({quoted(c.stored_name)})" for c in record.columns)
        filled = rows.con.execute(f"SELECT {counts} FROM now_{record.name}").fetchall()[0]
        found += [
            {"record": record.name, "column": c.name, "filled": int(n), "rows": total}
            for c, n in zip(record.columns, filled, strict=True)
        ]
    return found


def dimensions(
    rows: CurrentRows, filled: Sequence[Mapping[str, Any]], findings: Iterable[DataFinding],
    quarantine: Sequence[Mapping[str, Any]], states: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """One entry a record with rows; None where nothing tells.

    Completeness is the mean filled share of the columns that any row fills. Accuracy, consistency and
    uniqueness are 100 less the largest share among the findings of the dimension; quarantined rows count
    as accuracy, or as uniqueness where two rows have one id. Consistency is unknown where nothing can be
    compared. Freshness is the share of the expected age that is not overdrawn, over the sources with an
    expectation.
    """
    findings = [f for f in findings if f.id not in _NEVER_WRONG]
    compared = {f.record for f in findings if f.dimension == "consistency" and f.of}
    return [
        {
            "record": name,
            "rows": rows.counts[name],
            "completeness": _completeness(filled, findings, name),
            "accuracy": _rest(findings, name, "accuracy", _quarantined(rows, quarantine, name, conflict=False)),
            "freshness": _freshness(states, name),
            "consistency": _rest(findings, name, "consistency", 0.0) if name in compared else None,
            "uniqueness": _rest(findings, name, "uniqueness", _quarantined(rows, quarantine, name, conflict=True)),
        }
        for name in RECORDS if rows.counts[name]
    ]


def _completeness(filled: Sequence[Mapping[str, Any]], findings: Sequence[DataFinding], name: str) -> float:
    shares = [c["filled"] / c["rows"] for c in filled if c["record"] == name and c["filled"]]
    return round(100 * sum(shares) / len(shares), 1) if shares else 0.0


def _rest(findings: Sequence[DataFinding], name: str, dimension: str, share: float) -> float:
    worst = max((f.share for f in findings if f.record == name and f.dimension == dimension), default=0.0)
    return round(100 * (1 - min(1.0, max(worst, share))), 1)


def _quarantined(rows: CurrentRows, quarantine: Sequence[Mapping[str, Any]], name: str, conflict: bool) -> float:
    bad = sum(
        q["rows"] for q in quarantine
        if name in q["records"] and q["reason"] != "unresolved" and (q["reason"] == "id_conflict") == conflict
    )
    return bad / (bad + rows.counts[name]) if bad else 0.0


def _freshness(states: Sequence[Mapping[str, Any]], name: str) -> float | None:
    shares = [
        min(1.0, s["limit_days"] / s["age_days"]) if s["age_days"] else 1.0
        for s in states if name in s["records"] and s["limit_days"] is not None and s["age_days"] is not None
    ]
    return round(100 * min(shares), 1) if shares else None
