"""Escalation: who answers first, to whom it goes, and when an executive is drawn in."""

from __future__ import annotations

from .expression import Expression
from .model import Definition


class Further(Definition):
    """One step up: ``to`` is drawn in where ``when`` holds, at once or ``after`` so many days without success."""

    to: tuple[str, ...]
    when: Expression | None = None
    after: str | None = None


class Escalation(Definition):
    """While ``when`` holds: ``first`` answer within ``due``; ``further`` says how it goes up.

    ``when`` may name what a signal may name. The first escalation that holds for an account counts.
    """

    escalation: str
    label: str
    when: Expression
    first: tuple[str, ...]
    due: str
    further: tuple[Further, ...] = ()
    covers: tuple[str, ...] = ()
