"""The base workspace of the tests as texts."""

from __future__ import annotations

from pathlib import Path

BASE = Path(__file__).parent / "base"


def base_files() -> dict[str, str]:
    """Relative name -> text."""
    return {path.relative_to(BASE).as_posix(): path.read_text() for path in sorted(BASE.rglob("*.yml"))}


def with_card(name: str, text: str) -> dict[str, str]:
    """The base with one more scorecard."""
    return {**base_files(), f"scorecards/{name}.yml": text}
