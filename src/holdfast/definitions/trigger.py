"""Action triggers: which finding asks whom to do what, and by when."""

from __future__ import annotations

from typing import Literal

from .expression import Expression
from .model import Definition

Severity = Literal["critical", "very_high", "high", "medium", "low"]


class Trigger(Definition):
    """While ``when`` holds, ``action`` is due within ``due`` (``same day``, ``24h``, ``7d``).

    ``when`` may name metrics, columns of the account frame, and score, band and coverage of the dial
    health. Texts may name the same in braces, without the sign as ``{name:abs}``.
    """

    trigger: str
    label: str
    when: Expression
    evidence: str
    action: str
    owner: str
    due: str
    severity: Severity = "medium"
    metric: str | None = None
