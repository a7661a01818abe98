"""The table of accounts and the result of one flat table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType

from holdfast.reports.portfolio_figures import lowest_first, reasons_line, step_words
from holdfast.reports.words import delta, money, name_words, plural

from .pieces import add, heading, score, share, table, text

MOST_REFUSED = 10


def accounts_table(
    rows: Sequence[Mapping[str, Any]], currency: str | None = None, history: bool = True, limit: int | None = None
) -> RenderableType:
    """Rows as ``accounts --json``, lowest score first. ``history`` shows the change of 7 days."""
    if not rows:
        return text("No account.")
    shown = lowest_first(rows, len(rows) if limit is None else limit)
    outside = [row for row in rows if row.get("not_scored")]
    ids = any(str(row["account_id"]) != str(row.get("name") or row["account_id"]) for row in rows)
    head = [("Id", "wide")] if ids else []
    head += [("Account", "name"), ("Score", "wide"), ("Data", "right")]
    head += [("7 d", "right")] if history else []
    made = table(*head, ("MRR", "right"), ("Why, next step", "fold"))
    for row in [*shown, *(outside if limit is None else [])]:
        name: list[Any] = [row["account_id"]] if ids else []
        name.append(row.get("name") or row["account_id"])
        change = ["–" if row.get("not_scored") else delta(row.get("delta_7d"))] if history else []
        add(made, [*name, *_score(row), *change, money(row.get("mrr"), currency), _why(row)])
    parts: list[RenderableType] = [made]
    inside = len(rows) - len(outside)
    if len(shown) < inside:
        parts.append(text(f"{len(shown)} of {plural(inside, 'account')} shown, lowest score first.", "dim"))
    if outside and limit is not None:
        reasons = sorted({str(row["not_scored"]) for row in outside})
        parts.append(text(f"{plural(len(outside), 'account')} not scored: {', '.join(reasons)}.", "dim"))
    return Group(*parts)


def _score(row: Mapping[str, Any]) -> list[Any]:
    if row.get("not_scored"):
        return ["not scored", "–"]
    return [score(row.get("score"), row.get("band")), share(row.get("coverage"))]


def _why(row: Mapping[str, Any]) -> str:
    if row.get("not_scored"):
        return str(row["not_scored"])
    parts = (reasons_line(row, 2), step_words(row.get("next_step")))
    return " → ".join(part for part in parts if part) or "–"


def flat_result(document: Mapping[str, Any], limit: int = 50) -> RenderableType:
    """What was recognised in a flat table, then its accounts."""
    card = document.get("scorecard") or {}
    note = f"scorecard {name_words(card['name'])} v{card.get('version', '–')}" if card else ""
    parts: list[RenderableType] = [heading(f"{plural(len(document['accounts']), 'account')} scored", note)]
    recognised = document.get("recognised") or []
    if recognised:
        parts.append(text("Recognised: " + " · ".join(_pair(entry) for entry in recognised)))
    for key, words in (("ignored", "Left alone"), ("missing", "Not in the table")):
        names = [_name(entry) for entry in document.get(key) or []]
        if names:
            parts.append(text(f"{words}: {' · '.join(names)}"))
    parts += [text(str(note)) for note in document.get("notes") or []] + _refused(document.get("refused") or [])
    if recognised:
        parts.append(text("Correct it with --map column=metric.", "dim"))
    parts += [text(""), accounts_table(document["accounts"], document.get("currency"), history=False, limit=limit)]
    return Group(*parts)


def _refused(entries: Sequence[Mapping[str, Any]]) -> list[RenderableType]:
    if not entries:
        return []
    head = text(f"▲ {plural(len(entries), 'cell or row', 'cells or rows')} could not be read and count as missing:")
    lines = [
        text(
            f"  line {entry.get('line') or '–'}, {entry.get('column') or 'whole row'}: {entry.get('value') or ''}"
            f" ({str(entry.get('reason') or '').replace('_', ' ')})"
        )
        for entry in entries[:MOST_REFUSED]
    ]
    return [head, *lines]


def _pair(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return f"{entry.get('column')} = {entry.get('label') or name_words(entry.get('metric'))}"


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return str(entry.get("label") or entry.get("column") or name_words(entry.get("metric")))
