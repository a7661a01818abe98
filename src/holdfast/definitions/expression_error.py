"""Why an expression was refused."""

from __future__ import annotations


class ExpressionError(ValueError):
    """An expression that is not allowed: ``reason`` in words, ``hint`` what to write instead."""

    def __init__(self, text: str, reason: str, hint: str = "") -> None:
        super().__init__(text, reason, hint)
        self.text = text
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.reason}{f'; {self.hint}' if self.hint else ''}"
