"""The catalogue of metrics, and one metric in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType

from holdfast.reports.words import clean, name_words, window

from .pieces import add, heading, table, text


def metrics_table(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    """One line a metric, by family."""
    if not rows:
        return text("No metric is defined.")
    parts: list[RenderableType] = []
    families: dict[str, list[Mapping[str, Any]]] = {}
    for row in clean(list(rows)):
        families.setdefault(row.get("family") or "other", []).append(row)
    for family, members in families.items():
        made = table(("Name", "wide"), ("Label", "fold"), ("Unit", ""), ("Window", "right"), ("Horizon", ""))
        for row in members:
            add(
                made,
                [
                    row["name"],
                    row.get("label") or "",
                    row.get("unit") or "",
                    window(row.get("window")),
                    row.get("horizon") or "",
                ],
            )
        parts += [heading(name_words(family)), made]
    return Group(*parts)


def metric_description(document: Mapping[str, Any] | str) -> RenderableType:
    """A metric in words: name, label and words first, then every further fact in its order."""
    if isinstance(document, str):
        return Group(*(text(line) for line in document.splitlines()))
    facts: dict[str, Any] = clean(document)
    made = table(("", ""), ("", "fold"))
    for key, value in facts.items():
        if key not in ("name", "label", "words") and value not in (None, "", [], {}):
            add(made, [name_words(key), _words(value)])
    head = heading(str(facts.get("label") or name_words(facts["name"])), str(facts["name"]))
    return Group(head, text(facts.get("words") or ""), made)


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {entry}" for key, entry in value.items())
    if isinstance(value, list):
        return ", ".join(_words(entry) for entry in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
