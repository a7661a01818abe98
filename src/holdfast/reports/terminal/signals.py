"""Findings with their evidence, and what could not be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.reports.account_side import SEVERITY
from holdfast.reports.words import clean, day_short, name_words

from .pieces import add, band, heading, table, text


def signals_table(document: Mapping[str, Any]) -> list[Table | Text]:
    """One line a finding; below, the signals that cannot be told, each once with the reason."""
    document = clean(dict(document))
    shown: list[Table | Text] = [_findings(document)]
    for one in document["portfolio"]:
        span = day_short(one["first_week"], document["as_of"])
        what = f"{name_words(one['kind'])}, {one['size']:+.0%} against usual use"
        shown.append(text(f"All accounts, week to {span}: {what}."))
    if document.get("unknown"):
        made = table(("Cannot be told for this account", "fold"), ("Why", "fold"))
        for row in document["unknown"]:
            add(made, [row["label"], row["why"]])
        shown.append(made)
    if document["not_computable"]:
        shown.append(heading("Not computed here"))
        by_record: dict[str, list[str]] = {}
        for row in document["not_computable"]:
            by_record.setdefault(", ".join(row["missing"]), []).append(row["label"])
        for missing, labels in sorted(by_record.items()):
            shown.append(text(f"No record of {missing}: {'; '.join(labels)}."))
    return shown


def _findings(document: Mapping[str, Any]) -> Table | Text:
    if not document["findings"]:
        return text("No finding is open.")
    made = table(("", ""), ("Account", "name"), ("Finding", "fold"), ("Evidence", "fold"), ("Since", ""))
    for row in document["findings"]:
        sign = band(SEVERITY.get(row["severity"], "neutral"), word=False).append(f" {name_words(row['severity'])}")
        since = day_short(row["opened_on"], document["as_of"])
        state = "" if row["state"] == "open" else f" ({row['state']})"
        add(made, [sign, row.get("name") or row["account_id"], row["label"] + state, row["evidence"], since])
    return made
