"""What a rule is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding, Level
from holdfast.definitions.place import Place


class Rule:
    """A check over a draft. ``ids`` are the finding ids it may return; each keeps its meaning for ever."""

    ids: ClassVar[tuple[str, ...]] = ()

    def findings(self, draft: Draft) -> Iterator[Finding]:
        """Everything this rule has to say about ``draft``."""
        raise NotImplementedError

    @staticmethod
    def found(id_: str, place: Place, what: str, hint: str = "", near: str | None = None) -> Finding:
        """A finding; its level follows from its id: E error, W warning, A advice."""
        level: Level = {"E": "error", "W": "warning", "A": "advice"}[id_[3]]  # type: ignore[assignment]
        return Finding(id_, level, place, what, hint, near)
