"""holdfast try: an edited scorecard over all stored history."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import Folder, Json
from .output import print_json, show


@without_pandas()
def try_(
    file: Annotated[Path, typer.Argument(metavar="SCORECARD.yml", help="The edited scorecard.")],
    workspace: Folder = Path("."),
    json: Json = False,
) -> None:
    """Score all stored history with an edited scorecard: who changes band, and when. Nothing is stored."""
    from holdfast.workspace.workspace import Workspace

    document = Workspace(workspace).trial(file)
    if json:
        print_json(document)
        return
    from holdfast.reports.terminal import trial_tables

    show(trial_tables(document))
