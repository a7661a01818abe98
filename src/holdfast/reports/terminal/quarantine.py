"""Rows that were kept out, and the very rows behind a metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.number import number
from holdfast.reports.words import name_words, plural

from .pieces import add, heading, table, text

PLACE = ("source", "file", "line", "batch_id")
HIDDEN = {"known_at", "effective_at", "deleted", "row_hash", "as_of", *PLACE}
MOST_COLUMNS = 6


def quarantine_table(rows: Sequence[Mapping[str, Any]], limit: int = 50) -> RenderableType:
    """Quarantined rows with file, line, column and reason; the first ``limit`` of them."""
    if not rows:
        return text("Nothing is in quarantine.")
    made = table(
        ("Source", ""), ("File", "name"), ("Line", "right"), ("Column", ""), ("Reason", ""), ("Detail", "fold")
    )
    for row in rows[:limit]:
        line = row.get("line")
        add(
            made,
            [
                row.get("source") or "–",
                row.get("file") or "–",
                "–" if line is None else number(line),
                row.get("column") or "–",
                name_words(row.get("reason")),
                row.get("detail") or row.get("help") or "",
            ],
        )
    return Group(heading(f"{plural(len(rows), 'row')} in quarantine", _shown(len(rows), limit)), made)


def rows_table(rows: Sequence[Mapping[str, Any]], limit: int = 50) -> RenderableType:
    """The rows behind a metric: what they hold, and the file, line and batch that each came from."""
    if not rows:
        return text("No row is behind this value.")
    columns = [name for name in rows[0] if name not in HIDDEN and any(row.get(name) is not None for row in rows)]
    shown = columns[:MOST_COLUMNS]
    made = table(*((name, "fold") for name in shown), ("From", "fold"))
    for row in rows[:limit]:
        place = " ".join(str(row[key]) for key in ("file", "line") if row.get(key) is not None)
        batch = f" ({row['batch_id']})" if row.get("batch_id") else ""
        add(made, [*("–" if row.get(name) is None else str(row[name]) for name in shown), f"{place}{batch}"])
    parts: list[RenderableType] = [heading(plural(len(rows), "row"), _shown(len(rows), limit)), made]
    if len(columns) > len(shown):
        parts.append(text(f"Also there, with --json: {', '.join(columns[MOST_COLUMNS:])}.", "dim"))
    return Group(*parts)


def _shown(count: int, limit: int) -> str:
    return f"{limit} shown" if count > limit else ""
