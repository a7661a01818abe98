"""Measurements in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.number import number

from .pieces import add, heading, table, text


def bench_table(document: Mapping[str, Any]) -> RenderableType:
    """Each piece of work with its size, median seconds and the peak memory of the process by then."""
    made = table(("Work", "fold"), ("Size", "fold"), ("Seconds", "right"), ("Times", "right"), ("Peak MB", "right"))
    for row in document["rows"]:
        seconds, memory = f"{row['seconds']:.3f}", number(row["memory"])
        add(made, [row["work"], row["size"], seconds, row["times"], memory])
    return Group(
        heading("Holdfast on this machine", document["date"]),
        text(document["machine"]),
        text(document["versions"]),
        text(""),
        made,
        text("Process start and imports are not counted, but in the first repeat.", "dim"),
    )
