"""A metric in words: what it says, how it is computed, from which records, and what it is not."""

from __future__ import annotations

from typing import Any

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.expression import Expression
from holdfast.definitions.metric import Metric

from .plan import inputs
from .reach import windows

_DIRECTIONS = {"up": "higher is better", "down": "lower is better", "none": "neither is better"}
_EMPTY = {"zero": "zero, while the source is connected", "missing": "unknown"}


def describe(definitions: Definitions, name: str) -> dict[str, Any]:
    """The facts about a metric, in the order in which they are shown.

    >>> from holdfast.definitions.load import builtin
    >>> describe(builtin(), "l7_l30")["formula"]
    'wau / mau'
    """
    metrics = definitions.metrics
    metric = metrics[name]
    used = inputs(metric, metrics)
    reach = windows(metrics, name)
    return {
        "name": name,
        "label": metric.label,
        "words": metric.words,
        "is_not": metric.is_not,
        "formula": formula(metric),
        "window": metric.window or (f"{max(reach.values())}d" if reach else None),
        "records": sorted({*(metrics[leaf].record or "" for leaf in leaves(definitions, name)), *metric.reads}),
        "computed_from": list(used),
        "unit": metric.unit,
        "direction": _DIRECTIONS[metric.direction],
        "horizon": metric.horizon,
        "level": metric.level,
        "actionable": metric.actionable,
        "manual": metric.manual,
        "no_rows_mean": None if used else _EMPTY[metric.empty],
        "labels": {f"{key:g}": text for key, text in metric.labels.items()},
        "family": metric.family,
        "defined_in": str(metric.place) if metric.place else None,
    }


def leaves(definitions: Definitions, name: str) -> list[str]:
    """The metrics over rows that the metric comes down to; itself where it is one."""
    metrics = definitions.metrics
    used = inputs(metrics[name], metrics)
    if not used:
        return [name] if metrics[name].record else []
    return sorted({leaf for inner in used for leaf in leaves(definitions, inner)})


def formula(metric: Metric) -> str:
    """The definition as one line.

    >>> from holdfast.definitions.load import builtin
    >>> formula(builtin().metrics["mau"])
    'distinct user_id of event, last 30 days'
    """
    if metric.expression is not None:
        return metric.expression.text
    if metric.ratio is not None:
        return f"{metric.ratio.of} / {metric.ratio.to}"
    over = getattr(metric, metric.primitive)
    stated = {key: _text(value) for key, value in over if value not in (None, "", {}, ()) and key != "place"}
    of, where = stated.pop("of", ""), stated.pop("where", "")
    words = " ".join(t for t in (metric.primitive.replace("_", " "), of) if t)
    if metric.record:
        words += f" of {metric.record}"
    if where:
        words += f" where {where}"
    if metric.window:
        words += f", last {metric.window_days} days"
    defaults = type(over).model_fields
    extra = [f"{k.rstrip('_')} {v}" for k, v in stated.items() if _text(defaults[k].default) != v]
    return ", ".join([words, *extra])


def _text(value: object) -> str:
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(_text(v) for v in value)
    if hasattr(value, "items"):
        return ", ".join(f"{k} {v:g}" if isinstance(v, float) else f"{k} {v}" for k, v in value.items())
    return str(value)
