"""holdfast export: published tables as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import Folder
from .output import show


@without_pandas()
def export(
    table: Annotated[
        str, typer.Argument(help="scores, components, metrics, adjustments, quarantine or batches.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="A .csv, .parquet or .jsonl file.")],
    workspace: Folder = Path("."),
    history: Annotated[bool, typer.Option("--history", help="All stored days, not the last only.")] = False,
) -> None:
    """Write a published table, sorted, the same bytes for the same data."""
    from holdfast.workspace.workspace import Workspace

    count = Workspace(workspace).export(table, out, history=history)
    show(f"{count:,} rows in {out}")
