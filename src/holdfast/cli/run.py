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


def run(
    workspace: Folder = Path("."),
    as_of: AsOf = None,
    full: Annotated[bool, typer.Option("--full", help="Compute all history anew.")] = False,
    history: Annotated[str | None, typer.Option(metavar="52w", help="Weeks of history to store.")] = None,
    json: Json = False,
) -> None:
    """Read what is new, compute metrics and scores, publish them whole; then do what is due in cases.

    Repeating it changes nothing.
    """
    from holdfast.worker.work import Worker
    from holdfast.workspace.workspace import Workspace

    opened = Workspace(workspace)
    with progress(quiet=json) as report:
        summary = opened.run(as_of=day("--as-of", as_of), full=full, weeks=_weeks(history), progress=report)
    Worker(opened.site).work_off()
    if json:
        print_json(summary)
    else:
        from holdfast.reports.terminal import run_summary

        show(run_summary(summary))
    if summary["held"]:
        raise typer.Exit(1)


def _weeks(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,4}w", text):
        raise WrongOption(
            option="--history", value=text, reason="not a number of weeks", hint="write --history 104w"
        )
    return int(text[:-1])
