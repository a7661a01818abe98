"""No signal is made of itself."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule


class SignalCycles(Rule):
    """No signal is made of itself."""

    ids = ("HF-E111",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        uses = {name: sorted(one.names & set(draft.signals)) for name, one in draft.signals.items()}
        told: set[frozenset[str]] = set()
        for name in uses:
            circle = _circle(name, uses)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                yield self.found("HF-E111", draft.signals[name].at("when"),
                                 f"signals go in a circle: {' -> '.join([*circle, circle[0]])}",
                                 "let one of them name metrics instead")


def _circle(start: str, uses: dict[str, list[str]]) -> list[str]:
    todo: list[list[str]] = [[start]]
    seen: set[str] = set()
    while todo:
        path = todo.pop()
        for name in uses.get(path[-1], ()):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                todo.append([*path, name])
    return []
