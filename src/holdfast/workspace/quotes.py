"""The words of a customer behind a mention: looked up in the vault for the rows that somebody asks to see."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq

from holdfast.lake import TEXTS
from holdfast.records import TEXT_MARK

from .published import Published


def with_quotes(published: Published, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``rows`` with ``quote``, the words of each mention, on those that tell of a text; others as they are.

    A text that the vault no longer holds has no quote.
    """
    marked = [row for row in rows if row["record"] == TEXT_MARK.name and row["spans"]]
    if not marked:
        return rows
    words = _texts(published, sorted({row["text_key"] for row in marked}))
    for row in marked:
        row["quote"] = quoted(words[row["text_key"]], row["spans"]) if row["text_key"] in words else None
    return rows


def quoted(text: str, spans: str) -> str:
    """The words of each span, with their kind.

    >>> quoted("Budget cuts, again.", "budget:0-11")
    'budget: "Budget cuts"'
    """
    parts = []
    for span in spans.split():
        kind, _, place = span.partition(":")
        start, _, end = place.partition("-")
        words = " ".join(text[int(start):int(end)].split())
        parts.append(f'{kind.replace("_", " ")}: "{words}"')
    return "; ".join(parts)


def _texts(published: Published, keys: list[int]) -> dict[int, str]:
    """The texts by key, as the vault holds them today: it keeps no old version."""
    found: dict[int, str] = {}
    for path in published.site.lake.table(TEXTS).files():
        rows = pq.read_table(path, columns=["key", "value"], filters=[("key", "in", keys)])
        found.update(zip(rows["key"].to_pylist(), rows["value"].to_pylist(), strict=True))
    return found
