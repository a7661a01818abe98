"""Small wrongs done to a metric's definition: each must give another answer somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from holdfast.definitions.expression import Expression
from holdfast.definitions.metric import Metric


def perturbations(metric: Metric) -> Iterator[tuple[str, Metric]]:
    """Name of the wrong, and the wrong definition."""
    if metric.window_days is not None:
        for days in (metric.window_days - 1, metric.window_days + 1):
            if days > 0:
                yield f"window {days}d", changed(metric, window=f"{days}d")
    for kind, further in (("distinct", _distinct), ("sum", _rows), ("count", _rows), ("days_since", _rows),
                          ("weighted", _weighted), ("users", _users), ("steps", _steps), ("ratio", _ratio),
                          ("change", _change), ("baseline", _weeks), ("slope", _weeks)):
        if getattr(metric, kind) is not None:
            yield from further(metric, kind)
    if metric.expression is not None:
        yield from _expression(metric)


def changed(metric: Metric, **values: Any) -> Metric:
    """The metric with other values."""
    return metric.model_copy(update=values)


def _with(metric: Metric, kind: str, /, **values: Any) -> Metric:
    return changed(metric, **{kind: getattr(metric, kind).model_copy(update=values)})


def _rows(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = getattr(metric, kind)
    if over.where is not None:
        yield "where dropped", _with(metric, kind, where=None)
    any_channel = "channel is not null" + (f" and ({over.where.text})" if over.where is not None else "")
    if over.where is None or "channel" not in over.where.names:
        yield "all channels", _with(metric, kind, where=Expression.parse(any_channel))
    if kind == "sum":
        yield "count", changed(metric, sum=None, count=_count(over.where))
    if kind == "days_since" and over.each is not None:
        other = "core" if over.each == "key" else "key"
        yield f"each {other}", _with(metric, kind, each=other)
    if kind == "count" and over.whole_base:
        yield "own account", _with(metric, kind, whole_base=False)


def _count(where: Expression | None) -> Any:
    fields = Metric.model_fields["count"].annotation
    model = next(m for m in fields.__args__ if m is not type(None))
    return model(where=where)


def _distinct(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.distinct
    assert over is not None
    yield "count", changed(metric, distinct=None, count=_count(over.where))
    if over.of == "user_id" and metric.window_days != 1:
        yield "user days", _with(metric, kind, of="user_day")
    if over.of == "user_day":
        yield "days", _with(metric, kind, of="day")
    if over.of == "feature":
        yield "names", _with(metric, kind, of="name")
    if over.out_of is not None:
        yield "not divided", _with(metric, kind, out_of=None)
    if over.where is not None:
        yield "where dropped", _with(metric, kind, where=None)
    if over.where is None or "channel" not in over.where.names:
        text = "channel is not null" + (f" and ({over.where.text})" if over.where is not None else "")
        yield "all channels", _with(metric, kind, where=Expression.parse(text))


def _weighted(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.weighted
    assert over is not None
    for name in over.weights:
        yield f"weight {name}", _with(metric, kind, weights={**over.weights, name: over.weights[name] + 1})


def _users(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.users
    assert over is not None
    if over.take in ("power_share", "power_idle"):
        yield "percentile", _with(metric, kind, percentile=0.5)
    if over.take == "activation":
        for field in ("days", "at_least"):
            for step in (-1, 1):
                yield f"{field} {step:+}", _with(metric, kind, **{field: getattr(over, field) + step})
    if over.take == "champion_idle":
        yield "key user", changed(_with(metric, kind, take="key_idle"), window="90d")
    if over.take == "top_has_budget":
        yield "share instead", _with(metric, kind, take="top_share")
    if over.take == "top_share":
        yield "power users", _with(metric, kind, take="power_share")
    if over.take == "workflow_share":
        yield "power users", _with(metric, kind, take="power_share")


def _steps(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.steps
    assert over is not None
    for take in ("done", "share", "overdue"):
        if take != over.take:
            yield take, _with(metric, kind, take=take, of="milestones")
    if over.take in ("done", "share"):
        yield "other list", _with(metric, kind, of="workflow")


def _ratio(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.ratio
    assert over is not None
    yield "upside down", _with(metric, kind, of=over.to, to=over.of)


def _change(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = metric.change
    assert over is not None
    yield "difference", _with(metric, kind, kind="difference")
    if over.over.endswith("d"):
        days = int(over.over.removesuffix("d"))
        for other in (days - 1, days + 1):
            yield f"over {other}d", _with(metric, kind, over=f"{other}d")
    else:
        yield "running", _with(metric, kind, over="7d" if over.over == "week" else "30d")


def _weeks(metric: Metric, kind: str) -> Iterator[tuple[str, Metric]]:
    over = getattr(metric, kind)
    for weeks in (over.weeks - 1, over.weeks + 1):
        yield f"{weeks} weeks", _with(metric, kind, weeks=weeks)
    for least in (over.at_least - 1, over.at_least + 1):
        yield f"at least {least}", _with(metric, kind, at_least=least)
    if kind == "baseline":
        yield "other level", _with(metric, kind, against="peak" if over.against == "mean" else "mean")


SWAPS = ((r"<=", "<"), (r">=", ">"), (r"(?<![<>])<(?!=)", "<="), (r"(?<![<>])>(?!=)", ">="), (r" / ", " * "),
         (r" \+ ", " - "), (r"1 - ", "2 - "), (r"then (\w+) else (\w+)", r"then \2 else \1"))


def _expression(metric: Metric) -> Iterator[tuple[str, Metric]]:
    assert metric.expression is not None
    text = metric.expression.text
    for pattern, other in SWAPS:
        wrong = re.sub(pattern, other, text, count=1)
        if wrong != text and not (pattern.startswith("(?<!") and "logins_recorded" in text):
            yield wrong, changed(metric, expression=Expression.parse(wrong))
    for number in set(re.findall(r"\b\d+\b", text)) - {"0"}:
        wrong = re.sub(rf"\b{number}\b", str(int(number) + 1), text, count=1)
        if wrong != text:
            yield wrong, changed(metric, expression=Expression.parse(wrong))
