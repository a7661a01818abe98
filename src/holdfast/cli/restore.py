"""holdfast restore: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Json
from .output import print_json, show


def restore(
    file: Annotated[Path, typer.Argument(help="A file that holdfast backup wrote.")],
    folder: Annotated[Path, typer.Argument(help="Where the workspace is to stand; a new or an empty folder.")],
    json: Json = False,
) -> None:
    """Make a workspace from a backup: every file is checked, and it appears whole or not at all."""
    from holdfast.workspace.restore import restore as make

    made = make(file, folder)
    if json:
        print_json(made)
        return
    show(f"{made['files']:,} files as saved on {made['made_at'][:16].replace('T', ' ')} UTC, all whole, in {folder}")
    show(f"Next: holdfast run -w {folder}")
