"""Small parts of terminal pages: plain texts, bands with sign and word, bars, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.charts.bands import band_of
from holdfast.charts.number import number, percent, plain

COLOURS = {
    "thriving": "cyan",
    "healthy": "green",
    "neutral": "yellow",
    "at_risk": "dark_orange",
    "critical": "red",
    "not_enough_data": "bright_black",
}


def text(words: object, style: str = "") -> Text:
    """A text without markup, control or direction characters."""
    return Text(plain(words), style=style)


def band(name: str | None, word: bool = True) -> Text:
    """The sign of a band and its word.

    >>> band("at_risk").plain
    '▲ At risk'
    """
    found = band_of(name)
    words = f"{found.sign} {found.word}" if word else found.sign
    return Text(plain(words), style=COLOURS.get(found.name, ""))


def score(value: float | None, name: str | None, decimals: int = 0) -> Text:
    """Sign, number and word of a score; a withheld score is a dash."""
    shown = "–" if value is None else number(value, decimals)
    found = band_of(name)
    return Text(f"{found.sign} {shown:>3} {plain(found.word)}", style=COLOURS.get(found.name, ""))


def share(value: float | None) -> str:
    """A coverage as printed; ``unknown`` where it is not known."""
    return "unknown" if value is None else percent(value)


def bar(earned: float | None, weight: float, longest: float, width: int = 24) -> Text:
    """Length is the weight, fill what was earned; unknown is dotted.

    >>> bar(5, 10, 10, 10).plain, bar(None, 10, 10, 4).plain
    ('█████░░░░░', '····')
    """
    length = max(round(width * weight / longest), 1) if longest and weight else 0
    if earned is None or not length:
        return Text("·" * max(length, 1))
    filled = min(max(round(length * earned / weight), 0), length)
    return Text("█" * filled + "░" * (length - filled))


def table(*columns: tuple[str, str], title: str = "", total: bool = False) -> Table:
    """A quiet table; each column is (head, side), side ``right`` for numbers, ``fold`` for texts that may wrap."""
    made = Table(
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        show_footer=total,
        footer_style="bold",
    )
    for head, side in columns:
        if side == "right":
            made.add_column(head, justify="right", no_wrap=True)
        elif side == "fold":
            made.add_column(head, overflow="fold", ratio=1)
        elif side == "wide":
            made.add_column(head, no_wrap=True)
        elif side == "name":
            made.add_column(head, overflow="ellipsis", no_wrap=True, max_width=28)
        else:
            made.add_column(head, no_wrap=True, overflow="ellipsis")
    return made


def add(made: Table, cells: Sequence[Any], style: str = "") -> None:
    """A row; texts among the cells are freed of markup."""
    made.add_row(*(cell if isinstance(cell, Text) else text(cell) for cell in cells), style=style)


def heading(words: str, note: str = "") -> Text:
    """A section head with a quiet note."""
    made = Text("\n")
    made.append(plain(words), style="bold")
    if note:
        made.append(f"  {plain(note)}", style="dim")
    return made
