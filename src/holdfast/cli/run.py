"""holdfast run: ingest, evaluate, publish."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .options import AsOf, Folder, Json, day
from .output import print_json, show
from .progress import progress

_UNITS = {"w": "weeks", "d": "days"}


def run(
    workspace: Folder = Path("."),
    as_of: AsOf = None,
    full: Annotated[bool, typer.Option("--full", help="Compute all history anew.")] = False,
    history: Annotated[str | None, typer.Option(metavar="104w", help="Weeks of history to store, a day each.")] = None,
    daily: Annotated[str | None, typer.Option(metavar="90d", help="Newest days to store one by one.")] = None,
    json: Json = False,
) -> None:
    """Read what is new, compute metrics and scores, publish them whole; then do what is due in cases.

    Repeating it changes nothing.
    """
    from holdfast.worker.work import Worker
    from holdfast.workspace.workspace import Workspace

    opened = Workspace(workspace)
    with progress(quiet=json) as report:
        summary = opened.run(
            as_of=day("--as-of", as_of), full=full, weeks=_span("--history", history, "104w"),
            daily=_span("--daily", daily, "90d"), progress=report)
    Worker(opened.site).work_off()
    if json:
        print_json(summary)
    else:
        from holdfast.reports.terminal import run_summary

        show(run_summary(summary))
    if summary["held"]:
        raise typer.Exit(1)


def _span(option: str, text: str | None, example: str) -> int | None:
    unit = example[-1]
    if text is None:
        return None
    if not re.fullmatch(rf"\d{{1,4}}{unit}", text, re.ASCII):
        raise WrongOption(
            option=option, value=text, reason=f"not a number of {_UNITS[unit]}", hint=f"write {option} {example}"
        )
    return int(text[:-1])
