"""holdfast doctor: is what is stored whole?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Folder, Json
from .output import print_json, show


def doctor(
    workspace: Folder = Path("."),
    ids: Annotated[bool, typer.Option("--ids", help="Find event ids that return on another day.")] = False,
    json: Json = False,
) -> None:
    """Check every stored file, and remove what a killed run left behind. Exit code 1 where harm is found."""
    from holdfast.workspace.workspace import Workspace

    result = Workspace(workspace).doctor(ids=ids)
    if json:
        print_json(result)
    else:
        for line in result["lines"]:
            show(line)
    if result["harm"]:
        raise typer.Exit(1)
