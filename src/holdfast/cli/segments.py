"""holdfast segments: tiers, service, usage patterns, load and movement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import Folder, Json
from .output import print_json, show


@without_pandas()
def segments(
    workspace: Folder = Path("."),
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    json: Json = False,
) -> None:
    """Show tiers with their service, overdue touches, usage patterns, value against health, load and movement."""
    from holdfast.workspace.workspace import Workspace

    document = Workspace(workspace).segments(owner=owner)
    if json:
        print_json(document)
    else:
        from holdfast.reports.terminal import segments_tables

        show(*segments_tables(document))
