"""Printing: one JSON document, or rich text; and writing files whole."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any


def print_json(document: Any) -> None:
    """Print ``document`` as one JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=plain, allow_nan=False)
    sys.stdout.write(text + "\n")


def print_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV; a cell that a spreadsheet would compute is made a text."""
    from holdfast.cells import harmless

    writer = csv.writer(sys.stdout)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)


def plain(value: Any) -> Any:
    """Dates as ISO text, exact numbers as numbers.

    >>> plain(date(2026, 1, 2))
    '2026-01-02'
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)


def show(*renderables: Any) -> None:
    """Print rich renderables at the width of the terminal, at least 100 columns where there is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 110
    console = Console(width=width, highlight=False)
    for item in renderables:
        console.print(item)


def write_text(path: Path, text: str) -> None:
    """Write a file whole: under another name first, then moved into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
