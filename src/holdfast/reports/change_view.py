"""What changed between two days, as a waterfall and as lines; both are printed so that they sum."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.charts.waterfall import Step, Waterfall

from .explanation import component_name
from .words import as_day, day_short, days_between, name_words

CAUSES = {
    "behaviour": "Behaviour",
    "data": "Data arrival",
    "model": "Model",
    "reference": "Reference",
    "segment": "Segment",
    "manual": "Manual input",
}
MOST_STEPS = 9
QUIET = 1e-9


@dataclass(frozen=True)
class ChangeView:
    """The change as printed. ``lines`` are (cause, what, amount) with unrounded amounts."""

    days: int | None
    start_day: str
    end_day: str
    waterfall: Waterfall
    lines: tuple[tuple[str, str, float], ...]
    quiet: tuple[str, ...]

    @property
    def delta(self) -> float:
        """The difference of the two printed scores."""
        start, _, end = self.waterfall.shown()
        return end - start


def change_view(document: Mapping[str, Any]) -> ChangeView | None:
    """The printed change of an account document; None where one of the two days has no score."""
    change = document.get("change")
    if not change or change.get("delta") is None:
        return None
    delta = float(change["delta"])
    end = _score(change.get("to"))
    if end is None:
        start = _score(change.get("from"))
        end = document.get("score") if start is None else start + delta
    end = change.get("to_score") if change.get("to_score") is not None else end
    if end is None:
        return None
    labels = _component_of(document)
    steps, lines, quiet = _steps(change.get("parts") or [], labels)
    first, last = _day(change.get("from")), _day(change.get("to") or document.get("as_of"))
    this_year = document.get("as_of")
    waterfall = Waterfall(day_short(first, this_year), end - delta, _merged(steps), day_short(last, this_year))
    return ChangeView(
        days_between(first, last),
        waterfall.start_label,
        waterfall.end_label,
        waterfall,
        tuple(lines),
        tuple(quiet),
    )


def _component_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The label of a component by its own name and by the names of its metrics."""
    found: dict[str, str] = {}
    for part in document.get("components") or []:
        found[part["name"]] = component_name(part)
        found |= {metric["metric"]: component_name(part) for metric in part.get("metrics") or []}
    return found


def _score(end: Any) -> float | None:
    return end.get("score") if isinstance(end, Mapping) else None


def _day(end: Any) -> Any:
    return as_day(end.get("as_of") or end.get("on") if isinstance(end, Mapping) else end)


def _steps(
    parts: list[Mapping[str, Any]], labels: Mapping[str, str]
) -> tuple[list[Step], list[tuple[str, str, float]], list[str]]:
    steps: list[Step] = []
    lines: list[tuple[str, str, float]] = []
    quiet: list[str] = []
    for part in sorted(parts, key=lambda part: list(CAUSES).index(part["cause"])):
        cause, amount = CAUSES[part["cause"]], float(part["amount"])
        items = [item for item in part.get("items") or [] if isinstance(item, Mapping)]
        exact = math.isclose(math.fsum(_amount(item) for item in items), amount, abs_tol=1e-6)
        if abs(amount) <= QUIET and not any(abs(_amount(item)) > QUIET for item in items):
            quiet.append(cause.lower())
            continue
        if part["cause"] == "behaviour" and items and exact:
            steps += _by_component(items, labels, amount)
        else:
            steps.append(Step(cause, amount, part["cause"] == "behaviour"))
        told = [(cause, _what(item, labels), _amount(item)) for item in items] if exact else []
        lines += told or [(cause, "", amount)]
    return steps, lines, quiet


def _amount(item: Mapping[str, Any]) -> float:
    value = item.get("amount", item.get("points"))
    return float(value) if value is not None else 0.0


def _what(item: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    words = item.get("text") or item.get("label")
    if words:
        return str(words)
    return name_words(item.get("metric")) if item.get("metric") else labels.get(str(item.get("component")), "")


def _by_component(items: list[Mapping[str, Any]], labels: Mapping[str, str], amount: float) -> list[Step]:
    sums: dict[str, list[float]] = {}
    for item in items:
        key = str(item.get("component") or item.get("metric") or "")
        name = labels.get(key) or (name_words(key) if key else "Limits and missing")
        sums.setdefault(name, []).append(_amount(item))
    steps = [Step(name, math.fsum(amounts)) for name, amounts in sums.items() if abs(math.fsum(amounts)) > QUIET]
    steps.sort(key=lambda step: (-abs(step.amount), step.label))
    return steps or [Step("Behaviour", amount)]


def _merged(steps: list[Step]) -> list[Step]:
    """At most nine steps: the smallest of behaviour become one, so that none is left out."""
    if len(steps) <= MOST_STEPS:
        return steps
    behaviour = [step for step in steps if step.behaviour]
    others = [step for step in steps if not step.behaviour]
    keep = max(MOST_STEPS - len(others) - 1, 1)
    rest = Step("Other behaviour", math.fsum(step.amount for step in behaviour[keep:]))
    return [*behaviour[:keep], rest, *others]
