"""What is due, most at stake first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.reports.account_side import SEVERITY, due_words
from holdfast.reports.words import clean, name_words

from .pieces import add, band, table, text


def actions_table(rows: Sequence[Mapping[str, Any]]) -> Table | Text:
    """One line a step: finding, account, what to do, who, by when."""
    if not rows:
        return text("Nothing is due.")
    made = table(("", ""), ("Account", "name"), ("Finding", "fold"), ("Do", "fold"), ("Who, by", "fold"))
    for row in clean(list(rows)):
        severity = str(row.get("severity") or "medium")
        who = row.get("owner_name") or row.get("owner") or name_words(row.get("owner_role"))
        sign = band(SEVERITY.get(severity, "neutral"), word=False).append(f" {name_words(severity)}")
        finding = row.get("evidence") or row.get("label") or ""
        add(
            made,
            [
                sign,
                row.get("name") or row["account_id"],
                finding,
                row.get("action") or "",
                f"{who}, {due_words(row, row)}",
            ],
        )
    return made
