"""The truth report of a demo company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.reports.words import name_words

from .pieces import add, heading, table, text


def truth_tables(document: Mapping[str, Any]) -> list[Table | Text]:
    """Stories found by the signals, false alarms by signal, and the naive rules beside them."""
    ours = document["signals"]
    shown: list[Table | Text] = [
        heading("Signals against the truth", f"{document['accounts']:,} accounts, from {document['from']}"),
        _stories(ours["stories"]),
        text(f"False alarms, severity high and above: {_alarms(ours['false_alarms'])}"),
        _by_name(ours["false_alarms"]["by_name"]),
    ]
    for title, key in (("Naive rules", "naive"), ("Naive rules that find as much", "naive_at_equal_recall")):
        naive = document[key]
        if naive is None:
            shown.append(text(f"{title}: no setting finds as many stories as the signals do."))
            continue
        shown += [heading(title, naive["rule"]), _stories(naive["stories"]),
                  text(f"False alarms: {_alarms(naive['false_alarms'])}")]
    return shown


def _alarms(found: Mapping[str, Any]) -> str:
    rate = "unknown" if found["a_year"] is None else f"{found['a_year']:.2f}"
    return f"{rate} an account-year ({found['alarms']:,} in {found['account_years']:,.0f} account-years without harm)."


def _stories(rows: list[dict[str, Any]]) -> Table | Text:
    if not rows:
        return text("No story that leaves a trace ended in churn.")
    made = table(("Story", "fold"), ("Found 30 days before", "right"), ("Share", "right"), ("95 % interval", "right"),
                 ("Median days before churn", "right"))
    for row in rows:
        days = row["median_days_before_churn"]
        add(made, [name_words(row["story"]), f"{row['found']} of {row['accounts']}", f"{row['share']:.0%}",
                   f"{row['low']:.0%} to {row['high']:.0%}", "–" if days is None else f"{days:g}"])
    return made


def _by_name(counts: Mapping[str, int]) -> Table | Text:
    if not counts:
        return text("None of them was false.")
    made = table(("Signal", "fold"), ("False alarms", "right"))
    for name, count in counts.items():
        add(made, [name, str(count)])
    return made
