"""Metrics over records: a definition that is wrong by a little gives another value somewhere.

The right values are those of the catalogue, which the second answers confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pytest
from frame_data import DAYS, ZONE, frame
from second_answer import tables

from holdfast.definitions.expression import Expression
from holdfast.definitions.load import builtin
from holdfast.definitions.metric import Metric
from holdfast.lake import duckdb_engine, memory_snapshot
from holdfast.metrics.evaluate import metric_table

FAMILIES = ("engagement", "growth", "support", "financial", "organisation", "value", "pulse", "tier", "data_quality",
            "text")
METRICS = sorted(name for name, metric in builtin().metrics.items() if metric.family in FAMILIES)
SWAPS = {"<=": "<", ">=": ">", "<": "<=", ">": ">=", "=": "<>", "<>": "=", " and ": " or ", " or ": " and ",
         "is not null": "is null", "is null": "is not null", "is not true": "is true", " not in ": " in ",
         "+": "-", " - ": " + ", " / ": " * "}
_TOKEN = re.compile(r"<=|>=|<>|<|>|=| and | or |is not null|is null|is not true| not in |\+| - | / ")
OF = ("count", "sum", "average", "median", "share", "distinct", "latest", "days_since", "days_until")


def wrongs(metric: Metric) -> Iterator[tuple[str, Metric]]:
    """What is wrong, and the wrong definition."""
    if metric.window_days is not None:
        for days in (metric.window_days - 1, metric.window_days + 1):
            yield f"window {days}d", metric.model_copy(update={"window": f"{days}d"})
    if metric.change is not None:
        for days in (-1, 1):
            over = f"{int(metric.change.over.removesuffix('d')) + days}d"
            yield f"over {over}", metric.model_copy(update={"change": metric.change.model_copy(update={"over": over})})
    if metric.expression is not None:
        for what, expression in swapped(metric.expression):
            yield what, metric.model_copy(update={"expression": expression})
    for kind in OF:
        over = getattr(metric, kind)
        if over is not None:
            yield from _over_rows(metric, kind, over)


def _over_rows(metric: Metric, kind: str, over: Any) -> Iterator[tuple[str, Metric]]:
    def changed(**values: Any) -> Metric:
        return metric.model_copy(update={kind: over.model_copy(update=values)})

    if over.where is not None:
        yield "where dropped", changed(where=None)
        for what, expression in swapped(over.where):
            yield f"where {what}", changed(where=expression)
    if isinstance(getattr(over, "of", None), Expression):
        for what, expression in swapped(over.of):
            yield f"of {what}", changed(of=expression)
    if metric.record == "text_mark" and kind == "count" and over.of is not None:
        other_kind = "competitor" if over.of.text != "competitor" else "budget"
        yield "other kind", changed(of=Expression.parse(other_kind))
        yield "unread is zero", changed(of=Expression.parse(f"coalesce({over.of.text}, false)"))
    others = {"average": "sum", "sum": "average", "median": "average", "days_since": None}
    other = others.get(kind)
    if other:
        yield other, metric.model_copy(update={kind: None, other: over})


def swapped(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """The expression with one operator turned into its neighbour, each in turn."""
    for found in _TOKEN.finditer(expression.text):
        token = found.group()
        text = expression.text[:found.start()] + SWAPS[token] + expression.text[found.end():]
        yield f"{token.strip()} at {found.start()}", Expression.parse(text)


def _wide(metrics: dict[str, Metric], names: list[str], zone: str) -> pa.Table:
    engine = duckdb_engine(threads=2)
    snapshot = memory_snapshot(tables(), engine, zone)
    definitions = replace(builtin(), metrics=metrics)
    asked = engine.frame(frame(DAYS))
    wide = engine.arrow(metric_table(snapshot, definitions, asked, names, "known").wide)
    engine.close()
    return wide.sort_by([("as_of", "ascending"), ("account_id", "ascending")])


@lru_cache(maxsize=1)
def _right_and_wrong(chosen: tuple[str, ...]) -> tuple[dict[str, dict[str, str]], pa.Table]:
    metrics = dict(builtin().metrics)
    named: dict[str, dict[str, str]] = {}
    for metric in chosen:
        named[metric] = {}
        for n, (what, definition) in enumerate(wrongs(metrics[metric])):
            name = f"{metric}__wrong_{n}"
            metrics[name] = definition.model_copy(update={"name": name})
            named[metric][what] = name
    return named, _wide(metrics, [*chosen, *(n for found in named.values() for n in found.values())], ZONE)


def _alive(metric: str, chosen: Sequence[str]) -> set[str]:
    named, wide = _right_and_wrong(tuple(chosen))
    right = wide[metric].to_pylist()
    return {what for what, column in named[metric].items() if wide[column].to_pylist() == right}


def _blind(chosen: Sequence[str]) -> set[str]:
    _, wide = _right_and_wrong(tuple(chosen))
    elsewhere = _wide(dict(builtin().metrics), list(chosen), "UTC")
    return {name for name in chosen if elsewhere[name].to_pylist() == wide[name].to_pylist()}


@pytest.mark.parametrize("metric", METRICS)
def test_no_wrong_definition_survives(metric: str) -> None:
    assert not _alive(metric, METRICS)


def test_the_wrong_zone_is_seen() -> None:
    assert _blind(METRICS) == OF_THE_FRAME | OF_PLAIN_DATES


OF_THE_FRAME = {"arr_now", "tier_arr_percentile", "tier_seat_capacity"}
"""Metrics that read nothing but columns of the account frame: the zone has done its work before them."""
OF_PLAIN_DATES = {"value_claims_recorded"}
"""Metrics whose rows are placed by a date without a time, and which ask of no other moment."""
