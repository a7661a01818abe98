"""Data quality in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.number import number
from holdfast.reports.quality_figures import (
    DIMENSIONS,
    example,
    gap_figures,
    gap_words,
    newest_first,
    of_base,
    over_limit,
    rows_words,
    share,
    state,
    summary,
)
from holdfast.reports.words import age, clean, clock, day_full, day_short, name_words

from .batches import batches_table
from .pieces import add, heading, table, text


def quality_summary(document: Mapping[str, Any], batches: int = 15) -> RenderableType:
    """Freshness, row accounts of the newest ``batches``, quarantine, faults, conflicts."""
    document = clean(document)
    parts: list[RenderableType] = [
        heading(f"Data quality, as of {day_full(document['as_of'])}", summary(document)),
        _sources(document),
        *_batches(document, batches),
        *_quarantine(document),
        *_counts(document, "faults", "Faults"),
        *_counts(document, "conflicts", "Conflicts"),
        *_gaps(document),
        *_dimensions(document),
    ]
    return Group(*parts)


def _sources(document: Mapping[str, Any]) -> RenderableType:
    made = table(
        ("Source", "name"),
        ("Last batch", ""),
        ("Newest row", ""),
        ("Age", "right"),
        ("Limit", "right"),
        ("State", ""),
        ("Records", "fold"),
    )
    for source in document.get("sources") or []:
        sign = "▲" if over_limit(source).endswith("over") else state(source.get("state"))["sign"]
        last = clock(source["last_batch_at"], document["as_of"]) if source.get("last_batch_at") else "never"
        add(
            made,
            [
                source["source"],
                last,
                day_short(source.get("newest_row"), document["as_of"]),
                age(source.get("age_days")),
                age(source.get("limit_days")),
                f"{sign} {over_limit(source)}",
                ", ".join(source.get("records") or []),
            ],
        )
    return made if made.row_count else text("No source is connected.")


def _batches(document: Mapping[str, Any], limit: int) -> list[RenderableType]:
    every = document.get("batches") or []
    if not every:
        return [heading("Batches"), text("No batch is loaded yet.")]
    shown = newest_first(every)[:limit]
    words = "rows in = kept + quarantined + duplicate + filtered"
    return [heading("Batches", f"{words}; {len(shown)} of {len(every)}, newest first"), batches_table(shown)]


def _quarantine(document: Mapping[str, Any]) -> list[RenderableType]:
    entries = document.get("quarantine") or []
    if not entries:
        return [heading("Quarantine"), text("Nothing is in quarantine.")]
    made = table(("Reason", ""), ("Rows", "right"), ("Source", ""), ("Example", "fold"), ("What would help", "fold"))
    for entry in entries:
        value, place = example(entry)
        add(
            made,
            [
                name_words(entry["reason"]),
                number(entry["rows"]),
                entry.get("source") or "–",
                f"“{value}” {place}" if value else place,
                entry.get("help") or "–",
            ],
        )
    return [heading("Quarantine", f"{number(sum(int(e['rows']) for e in entries))} rows, out of every score"), made]


def _counts(document: Mapping[str, Any], key: str, title: str) -> list[RenderableType]:
    found = [entry for entry in document.get(key) or [] if entry.get("count")]
    if not found:
        return [heading(title), text("None was found.")]
    made = table(("What", "fold"), ("Count", "right"), ("Examples", "fold"))
    for entry in found:
        add(
            made,
            [
                entry.get("what") or name_words(entry.get("id")),
                of_base(int(entry["count"]), entry.get("of")),
                ", ".join(str(item) for item in (entry.get("examples") or [])[:3]),
            ],
        )
    return [heading(title), made]


def _gaps(document: Mapping[str, Any]) -> list[RenderableType]:
    made = table(("What", "fold"), ("Count", "right"), ("Share", "right"))
    for gap in document.get("gaps") or []:
        add(made, [gap_words(gap["what"]), *gap_figures(gap)])
    return [heading("Accounts and their people", "unknown where no row tells"), made] if made.row_count else []


def _dimensions(document: Mapping[str, Any]) -> list[RenderableType]:
    rows = document.get("dimensions") or []
    if not rows:
        return []
    made = table(("Record", ""), ("Rows", "right"), *((head, "right") for _, head in DIMENSIONS))
    for row in rows:
        add(made, [row["record"], rows_words(row), *(share(row.get(key)) for key, _ in DIMENSIONS)])
    return [heading("Quality by record", "share of rows that pass; ↓ under 90%"), made]
