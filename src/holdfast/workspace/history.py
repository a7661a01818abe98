"""What the charts of an account show: scores over time and use by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb

from .published import Published

WEEKS = 52


def score_history(published: Published, account_id: str, end: date) -> list[dict[str, Any]]:
    """Stored health scores up to ``end``, one a day: as_of, score, band, coverage."""
    rows = published.read("scores", account_id=account_id)
    if not rows.num_rows:
        return []
    query = (
        "SELECT strftime(as_of, '%Y-%m-%d') AS as_of, score, band, coverage FROM rows "
        "WHERE dial = 'health' AND as_of <= ? ORDER BY as_of"
    )
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        found: list[dict[str, Any]] = connection.execute(query, [end]).to_arrow_table().to_pylist()
    return found


def usage_history(published: Published, account_id: str, end: date) -> list[dict[str, Any]]:
    """Active people and actions of complete ISO weeks, by their Monday."""
    rows = published.read("metrics", account_id=account_id)
    present = [c for c in ("wau", "actions_7d") if c in rows.column_names]
    if "wau" not in present:
        return []
    found = [
        {
            "week": (row["as_of"] - timedelta(days=6)).isoformat(),
            "active_users": row["wau"],
            "events": row.get("actions_7d"),
        }
        for row in rows.select(["as_of", *present]).to_pylist()
        if row["as_of"] <= end and row["as_of"].weekday() == 6
    ]
    return sorted(found, key=lambda r: r["week"])[-WEEKS:]
