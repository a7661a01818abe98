"""Action triggers: which finding asks whom to do what, and by when."""

from __future__ import annotations

from .expression import Expression
from .model import Definition


class Trigger(Definition):
    """While ``when`` holds, ``action`` is due within ``due``. Texts may name metrics in braces."""

    trigger: str
    label: str
    when: Expression
    evidence: str
    action: str
    owner: str
    due: str
    severity: str = "medium"
    metric: str | None = None
