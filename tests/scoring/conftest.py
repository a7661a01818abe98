"""A small workbench: scorecards from plain dicts, metric tables from rows, results as lists of dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard
from holdfast.metrics.table import MetricTable
from holdfast.scoring.reference import NONE, References
from holdfast.scoring.score import score

DAY = date(2026, 3, 1)
BANDS = {"thriving": 85, "healthy": 70, "neutral": 50, "at_risk": 30, "critical": 0}
FRAME = {"account_id": pa.string(), "as_of": pa.date32(), "scored": pa.bool_(), "not_scored": pa.string()}


class Bench:
    """Scores rows such as {"account_id": "a", "m": 0.4} and keeps the four tables as lists of dicts."""

    day = DAY
    bands = BANDS

    def metric(self, name: str, **fields: Any) -> Metric:
        given = {"name": name, "label": name, "words": name, "record": "event", "window": "30d"}
        return Metric.model_validate({**given, **({} if "latest" in fields else {"count": {}}), **fields})

    def card(self, components: Mapping[str, Mapping[str, Any]], **fields: Any) -> Scorecard:
        """Components as {component: {metric: {weight, score, ...}}}; the weight is summed."""
        whole = {
            name: {"weight": sum(m["weight"] for m in metrics.values()), "metrics": metrics}
            for name, metrics in components.items()
        }
        given = {"scorecard": "test", "version": 1, "bands": BANDS, "components": whole}
        return Scorecard.model_validate({**given, **fields})

    def tables(
        self, rows: Sequence[Mapping[str, Any]], covered: Mapping[str, date], frame: Sequence[str] = ()
    ) -> tuple[ibis.Table, MetricTable]:
        full = [{"as_of": DAY, "scored": True, "not_scored": None, **row} for row in rows]
        names = dict.fromkeys(k for row in full for k in row)
        own = [n for n in names if n not in FRAME and n not in frame]
        head = {n: pa.array([r.get(n) for r in full], FRAME.get(n)) for n in (*FRAME, *frame)}
        kinds = {n: pa.date32() if n.endswith("__on") else pa.float64() for n in own}
        wide = {n: pa.array([r.get(n) for r in full], kinds[n]) for n in own}
        days = sorted({row["as_of"] for row in full}) or [DAY]
        reach = [(d, r, to) for d in days for r, to in covered.items()]
        cover = pa.table(
            {
                "as_of": pa.array([d for d, _, _ in reach], pa.date32()),
                "record": pa.array([r for _, r, _ in reach], pa.string()),
                "covered_to": pa.array([t for _, _, t in reach], pa.date32()),
            }
        )
        keys = {n: head[n] for n in ("account_id", "as_of")}
        return ibis.memtable(pa.table(head)), MetricTable(
            wide=ibis.memtable(pa.table({**keys, **wide})), covered=ibis.memtable(cover)
        )

    def score(
        self,
        cards: Scorecard | Sequence[Scorecard],
        rows: Sequence[Mapping[str, Any]],
        metrics: Sequence[Metric] = (),
        covered: Mapping[str, date] | None = None,
        frame: Sequence[str] = (),
        references: References = NONE,
        limit_days: ibis.Table | None = None,
    ) -> Result:
        listed = [cards] if isinstance(cards, Scorecard) else list(cards)
        known = {m.name: m for m in metrics}
        weighed = {n: self.metric(n) for c in listed for p in c.components.values() for n in p.metrics}
        table, values = self.tables(rows, {"event": DAY} if covered is None else covered, frame)
        return Result(score(table, values, listed, references, limit_days, {**weighed, **known}, fetched))


def fetched(table: ibis.Table) -> ibis.Table:
    return ibis.memtable(table.to_pyarrow())


class Result:
    def __init__(self, scored: Any) -> None:
        self.scores, self.components, self.points, self.adjustments = (
            fetch(t) for t in (scored.scores, scored.components, scored.points, scored.adjustments)
        )

    def one(self) -> dict[str, Any]:
        assert len(self.scores) == 1
        return self.scores[0]

    def of(self, metric: str) -> dict[str, Any]:
        return next(row for row in self.points if row["metric"] == metric)


def fetch(table: ibis.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return sorted(rows, key=lambda r: str([v for v in r.values() if isinstance(v, str | date)]))


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()


@pytest.fixture(scope="session")
def rows_of() -> Callable[[ibis.Table], list[dict[str, Any]]]:
    return fetch
