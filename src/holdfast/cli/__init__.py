"""The command line: thin commands over the functions of the workspace."""

from __future__ import annotations

from .main import main

__all__ = ["main"]
