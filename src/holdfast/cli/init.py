"""holdfast init: a commented workspace to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import show


def init(folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(".")) -> None:
    """Write a workspace with comments: settings, one example source, a scorecard."""
    from holdfast.definitions.init import write_workspace

    for path in write_workspace(folder):
        show(f"wrote {path}")
    show(f"Next: edit sources/, then: holdfast check -w {folder}")
