"""Why the score is what it is, as printed: parts are rounded so that they make the printed score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.charts.number import number, signed
from holdfast.charts.rounding import largest_remainder

from .words import UNKNOWN, day_short, measure, name_words, plural, window


@dataclass(frozen=True)
class MetricLine:
    """One metric as printed. ``missing`` is the reason why it counts nothing, or empty."""

    metric: str
    label: str
    under: str
    now: str
    own: str
    segment: str
    score: str
    points: str
    of: str
    spread: str
    rows: str
    missing: str


@dataclass(frozen=True)
class ComponentLine:
    """One component as printed, with the exact weight and points for its bar."""

    name: str
    weight: float
    earned: float | None
    points: str
    of: str
    costs: str
    spread: str
    metrics: tuple[MetricLine, ...]


@dataclass(frozen=True)
class AdjustmentLine:
    """A missing rule or a limit as printed, and what it costs or gives."""

    words: str
    amount: str
    costs: str


@dataclass(frozen=True)
class Explanation:
    """The whole of it. Without a score ``total`` is a dash and no part has points."""

    scored: bool
    total: str
    of: str
    costs: str
    components: tuple[ComponentLine, ...]
    adjustments: tuple[AdjustmentLine, ...]
    limits: tuple[str, ...]
    missing_head: str
    missing: tuple[str, ...]
    missing_effect: str

    @property
    def longest(self) -> float:
        """The greatest weight: the scale of the bars."""
        return max((component.weight for component in self.components), default=1.0)

    @property
    def costliest(self) -> int:
        """The place of the component that costs most."""
        costs = [component.weight - (component.earned or 0.0) for component in self.components]
        return costs.index(max(costs)) if costs else -1


def explanation(document: Mapping[str, Any]) -> Explanation:
    """The printed explanation of an account document."""
    parts = document.get("components") or []
    adjustments = document.get("adjustments") or []
    score = document.get("score")
    exact = [part.get("contribution") or 0.0 for part in parts] + [a.get("amount") or 0.0 for a in adjustments]
    total = round(score, 1) if score is not None else None
    shown = largest_remainder(exact, 1, total) if total is not None else exact
    weights = _weights([part.get("weight_effective", part["weight"]) for part in parts])
    whole = math.fsum(weights)
    lines = tuple(
        _component(document, part, points, weight, total is not None)
        for part, points, weight in zip(parts, shown[: len(parts)], weights, strict=True)
    )
    return Explanation(
        scored=total is not None,
        total=UNKNOWN if total is None else number(total, 1),
        of=_weight(whole),
        costs=UNKNOWN if total is None else number(whole - total, 1),
        components=lines,
        adjustments=tuple(
            _adjustment(entry, amount) for entry, amount in zip(adjustments, shown[len(parts) :], strict=True)
        ),
        limits=tuple(_limit(entry, document) for entry in document.get("limits") or []),
        missing_head=_missing_head(document),
        missing=tuple(
            _missing(document, metric) for part in parts for metric in part["metrics"] if metric.get("missing")
        ),
        missing_effect=_effect(document),
    )


def component_name(part: Mapping[str, Any]) -> str:
    """The label of a component, or its name as words."""
    label = str(part.get("label") or part["name"])
    return name_words(label) if label == part["name"] else label


def _weights(weights: Sequence[float]) -> list[float]:
    decimals = 0 if all(abs(weight - round(weight)) < 1e-9 for weight in weights) else 1
    return largest_remainder(list(weights), decimals)


def _weight(weight: float) -> str:
    return number(weight, 0 if weight == round(weight) else 1)


def _component(
    document: Mapping[str, Any], part: Mapping[str, Any], points: float, weight: float, scored: bool
) -> ComponentLine:
    metrics = part["metrics"]
    shown = largest_remainder([metric.get("points") or 0.0 for metric in metrics], 1, points) if metrics else []
    effective = [metric.get("weight_effective") or 0.0 for metric in metrics]
    of = largest_remainder(effective, 1, weight) if abs(math.fsum(effective) - weight) < 0.051 else effective
    own = part["weight"]
    return ComponentLine(
        name=component_name(part),
        weight=weight,
        earned=(part.get("contribution") or 0.0) if scored else None,
        points=number(points, 1) if scored else UNKNOWN,
        of=_weight(weight),
        costs=number(weight - points, 1) if scored else UNKNOWN,
        spread="" if abs(own - weight) < 0.05 else f"weight {_weight(own)} before missing data",
        metrics=tuple(_metric(document, metric, p, o, scored) for metric, p, o in zip(metrics, shown, of, strict=True)),
    )


def _metric(
    document: Mapping[str, Any], metric: Mapping[str, Any], points: float, of: float, scored: bool
) -> MetricLine:
    currency, in_words = document.get("currency"), str(metric.get("unit_words") or "")

    def worded(key: str) -> str:
        return measure(metric.get(key), metric.get("unit") or "", currency, in_words[:1] in ("+", "−"))

    missing = metric.get("missing") or ""
    notes = [window(metric.get("window")), _measured(metric, document)]
    counted = metric.get("rows")
    return MetricLine(
        metric=str(metric["metric"]),
        label=metric.get("label") or name_words(metric["metric"]),
        under=" · ".join(note for note in notes if note),
        now="unknown" if metric.get("value") is None else _now(in_words) or worded("value"),
        own=worded("own_median"),
        segment=worded("segment_median"),
        score=UNKNOWN if metric.get("score") is None else number(metric["score"]),
        points=number(points, 1) if scored else UNKNOWN,
        of=number(of, 1),
        spread=f"weight {_weight(metric['weight'])} spread" if missing and not of else "",
        rows=UNKNOWN if counted is None else number(counted),
        missing=str(missing),
    )


def _now(in_words: str) -> str:
    """The document's own words where they are a name, such as that of a category; numbers are worded here."""
    return "" if any(sign.isdigit() for sign in in_words) else in_words


def _measured(metric: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    on = metric.get("as_of") or metric.get("measured_on")
    if not on or str(on)[:10] == str(document.get("as_of"))[:10]:
        return ""
    return f"of {day_short(on, document.get('as_of'))}"


def _adjustment(entry: Mapping[str, Any], amount: float) -> AdjustmentLine:
    words = name_words(entry.get("kind"))
    effect = f"{'costs' if amount < 0 else 'gives'} {number(abs(amount), 1)}"
    return AdjustmentLine(f"{words}: {entry['why']}" if entry.get("why") else words, signed(amount), effect)


def _limit(entry: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    words = f"{name_words(entry.get('kind'))} {number(entry.get('at') or 0)}"
    if entry.get("why"):
        words += f", {entry['why']}"
    for key, lead in (("held_since", "since"), ("expires_on", "expires")):
        if entry.get(key):
            words += f", {lead} {day_short(entry[key], document.get('as_of'))}"
    score = document.get("score")
    if score is None or entry.get("holds") is False:
        return f"{words}: {'not used without a score' if score is None else 'does not hold now'}."
    return f"{words}: {'holds the score' if entry.get('binds') else f'does not bind at {number(score, 1)}'}."


def _missing_head(document: Mapping[str, Any]) -> str:
    share = document.get("coverage")
    if share is None:
        return "How much of the weight has data is unknown."
    absent = 100 - round(share * 100)
    return f"{absent} of 100 weight has no data." if absent else ""


def _missing(document: Mapping[str, Any], metric: Mapping[str, Any]) -> str:
    label = metric.get("label") or name_words(metric["metric"])
    return f"{label}: {metric['missing']}, weight {_weight(metric['weight'])}"


def _effect(document: Mapping[str, Any]) -> str:
    bounds = document.get("bounds") or {}
    if bounds.get("low") is None or bounds.get("high") is None or bounds["low"] == bounds["high"]:
        return ""
    low, high = number(bounds["low"], 1), number(bounds["high"], 1)
    return f"With all inputs known the score lies between {low} and {high}."


def missing_count(document: Mapping[str, Any]) -> str:
    """How many inputs have no data, of how many.

    >>> missing_count({"components": [{"metrics": [{"missing": "never known"}, {"missing": None}]}]})
    '1 of 2 inputs'
    """
    inputs = [metric for part in document.get("components") or [] for metric in part["metrics"]]
    return f"{sum(bool(metric.get('missing')) for metric in inputs)} of {plural(len(inputs), 'input')}"
