"""holdfast metrics: the catalogue, or one metric in words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Folder, Json
from .output import print_json, show


def metrics(
    name: Annotated[str | None, typer.Argument(help="One metric; all are listed without it.")] = None,
    workspace: Folder = Path("."),
    json: Json = False,
) -> None:
    """Describe metrics: words, formula, window, records, horizon. Works outside a workspace too."""
    from holdfast.workspace.catalogue import catalogue, describe

    if name is None:
        rows = catalogue(workspace)
        if json:
            print_json(rows)
            return
        from holdfast.reports.terminal import metrics_table

        show(metrics_table(rows))
        return
    description = describe(workspace, name)
    if json:
        print_json(description)
        return
    from holdfast.reports.terminal import metric_description

    show(metric_description(description))
