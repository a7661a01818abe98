"""The data quality page: freshness against limits, the row account of every batch, quarantine, faults, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.bars import LimitBar
from holdfast.charts.number import number, percent
from holdfast.charts.svg import hatch, picture, rect
from holdfast.reports.frame import frame
from holdfast.reports.quality_figures import (
    DIMENSIONS,
    LOW,
    PARTS,
    adds_up,
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
    sums,
)
from holdfast.reports.render import markup, page, svg
from holdfast.reports.words import UNKNOWN, age, clean, clock, day_short, name_words, plural

MOST_BATCHES = 100
MOST_COLUMNS = 40


def quality_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of a quality document."""
    return page("quality.html", quality_context(document) | {"theme": theme})


def quality_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of the data quality page shows."""
    document = clean(document)
    context = frame(document, "Data quality", "Data quality") | {
        "summary": summary(document),
        "late": _late(document),
        "sources": [_source(document, source) for source in document.get("sources") or []],
        "faults": [_fault(fault) for fault in document.get("faults") or []],
        "conflicts": [_fault(conflict) for conflict in document.get("conflicts") or []],
    }
    context["gaps"] = [(gap_words(gap["what"]), *gap_figures(gap)) for gap in document.get("gaps") or []]
    return context | _batches(document) | _quarantine(document) | _quality(document)


def _late(document: Mapping[str, Any]) -> dict[str, str] | None:
    late = [s for s in document.get("sources") or [] if over_limit(s).endswith("over")]
    if not late:
        return None
    worst = max(late, key=lambda source: source["age_days"] / (source["limit_days"] or 1))
    head = f"{name_words(worst['source'])} is {age(worst['age_days'])} old; its limit is {age(worst['limit_days'])}."
    more = f" {plural(len(late) - 1, 'more source is', 'more sources are')} over the limit." if len(late) > 1 else ""
    return {"head": head, "more": f"{more} What rests on it counts as missing once it is older than a metric allows."}


def _source(document: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, Any]:
    found, over = state(source.get("state")), over_limit(source)
    if over.endswith("over") and found["css"] == "good":
        found = state("late")
    words = f"{age(source.get('age_days'))} of {age(source.get('limit_days'))}"
    colour = {"bad": "at-risk", "worst": "critical"}.get(found["css"], "chart-2")
    return {
        "name": name_words(source["source"]),
        "records": ", ".join(source.get("records") or []),
        "last": clock(source.get("last_batch_at"), document["as_of"]) if source.get("last_batch_at") else "never",
        "newest": day_short(source.get("newest_row"), document["as_of"]),
        "age": age(source.get("age_days")),
        "limit": age(source.get("limit_days")),
        "bar": svg(LimitBar(source.get("age_days"), source.get("limit_days"), words, colour)),
        "state": found | {"word": over},
    }


def _batches(document: Mapping[str, Any]) -> dict[str, Any]:
    every = newest_first(document.get("batches") or [])
    shown = every[:MOST_BATCHES]
    rows = []
    for batch in shown:
        words, good = adds_up(batch)
        rows.append(
            {key: number(int(batch.get(key) or 0)) for key in ("rows_in", *PARTS)}
            | {
                "id": batch["batch_id"],
                "source": name_words(batch["source"]),
                "at": clock(batch.get("loaded_at"), document["as_of"]),
                "bar": _parts(batch),
                "check": words,
                "good": good,
                "state": "" if batch.get("state") in (None, "committed") else state(batch["state"])["word"],
            }
        )
    total = sums(shown)
    return {
        "batches": rows,
        "batch_sum": {key: number(value) for key, value in total.items()},
        "batch_head": plural(len(shown), "batch", "batches")
        + (f" of {number(len(every))}, newest first" if len(every) > len(shown) else ""),
    }


def _parts(batch: Mapping[str, Any]) -> Any:
    """Kept, quarantined, and hatched what was not needed, as shares of the rows in."""
    total, width, x, body = int(batch["rows_in"]) or 1, 110.0, 0.0, ""
    for key, colour in (("kept", "chart-2"), ("quarantined", "at-risk"), ("duplicate", ""), ("filtered", "")):
        count = int(batch.get(key) or 0)
        length = max(width * count / total, 1.5) if count else 0.0
        length = min(length, width - x)
        if length > 0:
            body += rect(x, 2, length, 9, colour) if colour else hatch(x, 2, length, 9, "chart-2", step=4)
        x += length
    return markup(picture(width, 13, "Rows", "Shares of the rows in", body, "parts", hidden=True))


def _quarantine(document: Mapping[str, Any]) -> dict[str, Any]:
    entries = document.get("quarantine") or []
    rows = []
    for entry in entries:
        value, place = example(entry)
        rows.append(
            {
                "reason": name_words(entry["reason"]),
                "rows": number(entry["rows"]),
                "source": name_words(entry.get("source")),
                "record": entry.get("record") or "",
                "value": value,
                "place": place,
                "help": entry.get("help") or UNKNOWN,
            }
        )
    return {"quarantine": rows, "quarantine_sum": number(sum(int(entry["rows"]) for entry in entries))}


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    examples = [str(item) for item in fault.get("examples") or []]
    return {
        "what": str(fault.get("what") or name_words(fault.get("id"))),
        "record": str(fault.get("record") or ""),
        "count": of_base(int(fault.get("count") or 0), fault.get("of")),
        "zero": "" if fault.get("count") else "yes",
        "examples": ", ".join(examples[:5]) + (" …" if len(examples) > 5 else ""),
    }


def _quality(document: Mapping[str, Any]) -> dict[str, Any]:
    def cell(value: float | None) -> dict[str, Any]:
        colour = "at-risk" if value is not None and value < LOW else "chart-2"
        return {
            "words": share(value),
            "bar": svg(LimitBar(value, None, "", colour, 54.0)) if value is None else _bar(value),
        }

    dimensions = [
        {"record": row["record"], "rows": rows_words(row),
         "cells": [cell(row.get(key)) | {"head": head} for key, head in DIMENSIONS]}
        for row in document.get("dimensions") or []
    ]
    columns = sorted(
        document.get("completeness") or [],
        key=lambda row: (row["filled"] / row["rows"] if row["rows"] else 2.0, row["record"], row["column"]),
    )
    filled = [
        {
            "record": row["record"],
            "column": row["column"],
            "filled": f"{number(row['filled'])} of {number(row['rows'])}",
            "share": percent(row["filled"] / row["rows"], 1) if row["rows"] else "unknown",
        }
        for row in columns[:MOST_COLUMNS]
    ]
    head = f"least filled first, {number(len(filled))} of {number(len(columns))} columns"
    return {
        "dimensions": dimensions,
        "dimension_heads": [head for _, head in DIMENSIONS],
        "filled": filled,
        "filled_head": head,
    }


def _bar(value: float) -> Any:
    token = "at-risk" if value < LOW else "chart-2"
    body = rect(0, 4, 54, 4, "sunken", rx=2) + rect(0, 4, max(54 * value / 100, 1), 4, token, rx=2)
    return markup(picture(54, 12, "Share", "", body, "share", hidden=True))
