"""holdfast ingest: read what arrived, without scoring."""

from __future__ import annotations

from pathlib import Path

import typer

from .options import Folder, Json
from .output import print_json, show
from .progress import progress


def ingest(workspace: Folder = Path("."), json: Json = False) -> None:
    """Read new files of all sources into the lake. Repeating it adds nothing."""
    from holdfast.workspace.workspace import Workspace

    with progress(quiet=json) as report:
        result = Workspace(workspace).ingest(report)
    if json:
        print_json(result)
    else:
        from holdfast.reports.terminal import batches_table

        show(batches_table(result["batches"]))
        for entry in result["refused"]:
            typer.echo(f"{entry['where']}: {entry['reason']}. Next: {entry['next']}", err=True)
        for source in result["no_files"]:
            typer.echo(f"source {source}: no file has come yet. Next: look at files: in sources/", err=True)
    if result["held"]:
        raise typer.Exit(1)
