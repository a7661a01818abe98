"""holdfast backup: the workspace in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Folder, Json
from .output import print_json, show


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as holdfast-2026-01-31.tar.")],
    workspace: Folder = Path("."),
    json: Json = False,
) -> None:
    """Save definitions, tables, state and keys as they stand at one moment. Raw exports are not part of it."""
    from holdfast.pipeline.site import Site
    from holdfast.workspace.backup import backup as save

    saved = save(Site(workspace), file)
    if json:
        print_json(saved)
        return
    show(f"{saved['files']:,} files, {saved['bytes'] / 1e6:,.1f} MB in {saved['file']}")
    show("It holds people's data and the key to it: keep it as safe as the workspace.")
    show(f"Next: try it with holdfast restore {saved['file']} an-empty-folder")
