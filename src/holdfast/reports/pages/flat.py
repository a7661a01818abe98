"""The page of one scored flat table: what was recognised, every row with band, score and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from holdfast.charts.band_bar import BandBar
from holdfast.charts.bands import BANDS, glyph
from holdfast.charts.number import number, percent
from holdfast.reports.frame import chip, frame, range_words
from holdfast.reports.portfolio_figures import lowest_first, reasons_line, step_words
from holdfast.reports.render import markup, page, svg
from holdfast.reports.words import clean, money, name_words, plural

MOST_ACCOUNTS = 300
MOST_REFUSED = 50


def flat_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of a flat result.

    ``document`` has accounts (rows as ``accounts --json``), and may have file, as_of, company, currency,
    scorecard, recognised (column, metric, label, how), ignored (columns), missing (metric, label), notes
    (sentences) and refused (line, column, value, reason).
    """
    document = clean(document)
    accounts = document["accounts"]
    shown = lowest_first(accounts, MOST_ACCOUNTS)
    title = PurePath(str(document.get("file") or "One table")).name
    counts = Counter(row["band"] for row in accounts)
    card = document.get("scorecard") or {}
    context = frame(document, f"Scores of {title}", "Scores") | {
        "theme": theme,
        "heading": title,
        "summary": _summary(document, card),
        "bar": svg(BandBar([(band.name, counts.get(band.name, 0)) for band in BANDS], "Accounts by band", width=796.0)),
        "bands": [
            {
                "word": band.word,
                "name": band.name,
                "glyph": markup(glyph(band.name)),
                "count": number(counts.get(band.name, 0)),
            }
            for band in BANDS
        ],
        "total": number(len(accounts)),
        "rows": [_row(row, document.get("currency")) for row in shown],
        "rows_head": f"{number(len(shown))} of {plural(len(accounts), 'account')}, lowest score first",
        "recognised": [_column(entry) for entry in document.get("recognised") or []],
        "ignored": _names(document.get("ignored") or []),
        "missing": _names(document.get("missing") or []),
        "notes": document.get("notes") or [],
        "refused": [_refused(entry) for entry in (document.get("refused") or [])[:MOST_REFUSED]],
        "refused_head": plural(len(document.get("refused") or []), "cell or row", "cells or rows"),
    }
    return page("flat.html", context)


def _summary(document: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    words = plural(len(document["accounts"]), "account")
    return f"{words} · scorecard {name_words(card['name'])} v{card.get('version', '–')}" if card else words


def _row(row: Mapping[str, Any], currency: str | None) -> dict[str, Any]:
    share = row.get("coverage")
    return {
        "name": row.get("name") or row["account_id"],
        "id": row["account_id"],
        "chip": chip(row),
        "range": range_words(row, ""),
        "coverage": "unknown" if share is None else percent(share),
        "mrr": "unknown" if row.get("mrr") is None else money(row["mrr"], currency),
        "reasons": reasons_line(row),
        "step": step_words(row.get("next_step")) or "–",
    }


def _column(entry: Any) -> dict[str, str]:
    if not isinstance(entry, Mapping):
        return {"column": str(entry), "label": "", "how": ""}
    label = entry.get("label") or name_words(entry.get("metric"))
    return {"column": str(entry.get("column") or ""), "label": str(label), "how": str(entry.get("how") or "")}


def _refused(entry: Mapping[str, Any]) -> dict[str, str]:
    line = entry.get("line")
    return {
        "line": "–" if line is None else number(line),
        "column": str(entry.get("column") or "–"),
        "value": str(entry.get("value") or ""),
        "reason": str(entry.get("reason") or "").replace("_", " "),
    }


def _names(entries: Sequence[Any]) -> str:
    return " · ".join(
        str(entry.get("label") or entry.get("column") or name_words(entry.get("metric")))
        if isinstance(entry, Mapping)
        else str(entry)
        for entry in entries
    )
