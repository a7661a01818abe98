"""Batches with their row accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.charts.number import number
from holdfast.reports.quality_figures import PARTS, adds_up, state, sums

from .pieces import add, table, text


def batches_table(batches: Sequence[Mapping[str, Any]]) -> Table | Text:
    """One line a batch: rows in = kept + quarantined + duplicate + filtered, and what became of it."""
    if not batches:
        return text("Nothing new: every file was read before.")
    made = table(
        ("Batch or file", "name"),
        ("Source", ""),
        ("Rows in", "right"),
        ("= Kept", "right"),
        ("+ Quarant.", "right"),
        ("+ Dupl.", "right"),
        ("+ Filt.", "right"),
        ("State", ""),
    )
    for batch in batches:
        add(made, [batch.get("file") or batch["batch_id"], batch["source"], *_counts(batch), _state(batch)])
    total = sums(batches)
    add(made, [f"{len(batches)} in all", "", *_counts(total), ""], "bold")
    return made


def _counts(batch: Mapping[str, Any]) -> list[str]:
    return [number(int(batch.get(key) or 0)) for key in ("rows_in", *PARTS)]


def _state(batch: Mapping[str, Any]) -> str:
    words, good = adds_up(batch)
    found = state(batch.get("state") or "committed")
    return f"{found['sign']} {found['word']}" if good else f"✕ {words}"
