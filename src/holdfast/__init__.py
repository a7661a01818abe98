"""Holdfast tells a B2B software company which customers are in trouble, why, and what to do.

``holdfast.open(path)`` gives a workspace; ``holdfast.score(frame)`` scores one flat table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from .workspace.flat_result import FlatResult
    from .workspace.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["__version__", "open", "score"]


def open(path: str | Path = ".") -> Workspace:
    """The workspace in the folder ``path``; NoWorkspace where the folder has no holdfast.yml."""
    from .workspace.workspace import Workspace

    return Workspace(path)


def score(frame: Any, map: Mapping[str, str] | None = None, as_of: date | None = None) -> FlatResult:
    """Score a flat table with one row an account: a pandas or Arrow table, or what turns into one.

    Columns are recognised by name and synonym; ``map`` names the metric of a column that is not.
    """
    from .workspace.flat import score_frame

    return score_frame(frame, map, as_of)
