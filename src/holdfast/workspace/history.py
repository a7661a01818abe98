"""What the charts of an account show: scores over time and use by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .published import Published

WEEKS = 52


def score_history(published: Published, account_id: str, end: date) -> list[dict[str, Any]]:
    """Stored health scores up to ``end``, one a day: as_of, score, band, coverage, scorecard, version."""
    names = ["as_of", "dial", "score", "band", "coverage", "scorecard", "version"]
    rows = published.read("scores", account_id=account_id, columns=names)
    health = [row for row in rows.to_pylist() if row.pop("dial") == "health" and row["as_of"] <= end]
    return [{**row, "as_of": row["as_of"].isoformat()} for row in sorted(health, key=lambda row: row["as_of"])]


def usage_history(published: Published, account_id: str, end: date) -> list[dict[str, Any]]:
    """Active people and actions of complete ISO weeks, by their Monday."""
    present = [c for c in ("wau", "actions_7d") if c in published.columns("metrics")]
    if "wau" not in present:
        return []
    rows = published.read("metrics", account_id=account_id, columns=["as_of", *present])
    found = [
        {
            "week": (row["as_of"] - timedelta(days=6)).isoformat(),
            "active_users": row["wau"],
            "events": row.get("actions_7d"),
        }
        for row in rows.to_pylist()
        if row["as_of"] <= end and row["as_of"].weekday() == 6
    ]
    return sorted(found, key=lambda r: r["week"])[-WEEKS:]
