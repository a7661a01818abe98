"""Segments: named groups of accounts, first match wins."""

from __future__ import annotations

from .expression import Expression
from .model import Definition


class Segment(Definition):
    """Accounts for which ``when`` holds; a segment without a condition takes the rest."""

    segment: str
    label: str = ""
    when: Expression | None = None
