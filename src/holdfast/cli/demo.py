"""holdfast demo: an invented company to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .output import show


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write it; must be new or empty.")],
    accounts: Annotated[int, typer.Option(help="How many accounts, 20 to 20,000.")] = 400,
    months: Annotated[int, typer.Option(help="How many months of history.")] = 18,
    events: Annotated[int | None, typer.Option(help="About how many events.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Write the exports and definitions of an invented company, and a truth file apart from them."""
    if folder.exists() and any(folder.iterdir()):
        raise WrongOption(
            option="DIR", value=folder, reason="the folder is not empty", hint=f"holdfast demo {folder}-2"
        )
    from holdfast.demo import write_demo
    from holdfast.reports.words import day_full as day

    summary = write_demo(folder, accounts, months, events, seed)
    show(
        f"{summary.accounts:,} invented accounts in {folder}",
        f"  {summary.months} months, {day(summary.first_day)} to {day(summary.last_day)}",
        f"  {summary.events:,} usage events, {sum(summary.rows.values()):,} rows in {len(summary.rows)} exports, "
        f"{summary.planted} of them bad on purpose",
        f"  {summary.churned:,} accounts churned; what really happened stands in {folder / 'truth'}",
        f"Next: holdfast run -w {folder}",
    )
