"""The conditions of a signal do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.ranges import Box, boxes, clash, overlap
from holdfast.definitions.signal import SEVERITIES, Signal

from .rule import Rule


class SignalConditions(Rule):
    """The conditions of a signal do not contradict each other."""

    ids = ("HF-E112",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for one in draft.signals.values():
            for numbers in _variants(one):
                found = list(self._contradictions(one, numbers))
                yield from found
                if found:
                    break

    def _contradictions(self, one: Signal, numbers: Mapping[str, float]) -> Iterator[Finding]:
        holds = boxes(one.when, numbers)
        if not holds:
            yield self.found("HF-E112", one.at("when"), f"{one.when.text!r} can never hold{_at(numbers)}",
                             "its comparisons exclude each other")
            return
        if one.until is not None:
            both = clash(holds, boxes(one.until, numbers))
            if both is not None:
                yield self.found("HF-E112", one.at("until"),
                                 f"the finding opens and ends at the same values of {_names(both)}{_at(numbers)}",
                                 "let `until` begin where `when` is already false")
        for number, level in enumerate(one.levels):
            place = one.at("levels", number, "when")
            if overlap(holds, boxes(level.when, numbers)) is None:
                yield self.found("HF-E112", place, f"{level.severity!r} is never reached{_at(numbers)}",
                                 "`when` excludes it; let the level lie inside")
            if SEVERITIES[level.severity] == SEVERITIES[one.severity]:
                yield self.found("HF-E112", place, f"{level.severity!r} is the severity of the signal itself",
                                 "leave it out, or give another severity")


def _variants(one: Signal) -> Iterator[dict[str, float]]:
    names = list(one.thresholds)
    values = [[t.otherwise, *(case.value for case in t.cases)] for t in one.thresholds.values()]
    for chosen in product(*values):
        yield dict(zip(names, chosen, strict=True))


def _at(numbers: Mapping[str, float]) -> str:
    return f" where {', '.join(f'{k} is {v:g}' for k, v in numbers.items())}" if numbers else ""


def _names(box: Box) -> str:
    return ", ".join(sorted(box))
