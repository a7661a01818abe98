"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

Folder = Annotated[Path, typer.Option("-w", "--workspace", help="The workspace folder.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day to look at, YYYY-MM-DD.")]
Clock = Annotated[
    str | None, typer.Option("--clock", help="known: as now known about the day; believed: as believed on it.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a self-contained page.")]


def day(option: str, text: str | None) -> date | None:
    """A date from an option, or None.

    >>> day("--as-of", "2026-01-31")
    datetime.date(2026, 1, 31)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongOption(
            option=option, value=text, reason="this is not a date", hint=f"write {option} 2026-01-31"
        ) from None


def clock(text: str | None) -> str | None:
    """The name of a clock, or None.

    >>> clock("known")
    'known'
    """
    if text is not None and text not in ("known", "believed"):
        raise WrongOption(
            option="--clock", value=text, reason="there are two clocks", hint="write --clock known or believed"
        )
    return text
