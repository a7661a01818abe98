"""Scores, components, points and adjustments of the shipped scorecards are the same on Spark as on DuckDB."""

from __future__ import annotations

import math
import os
import sys
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from holdfast.definitions.load import builtin
from holdfast.lake import Engine, duckdb_engine, spark_engine
from holdfast.metrics.table import MetricTable
from holdfast.scoring.inputs import names_used
from holdfast.scoring.reference import NONE
from holdfast.scoring.score import score

DAYS = (date(2026, 3, 1), date(2026, 3, 8))
CARDS = ("balanced", "risk")
ACCOUNTS, KNOWN = 12, 0.85
TABLES = ("scores", "components", "points", "adjustments")


def given() -> dict[str, pa.Table]:
    """Frame, metrics and coverage of invented accounts; about one value in seven is unknown."""
    random, metrics = Random(7), builtin().metrics
    names = sorted(names_used([builtin().scorecards[name] for name in CARDS]) & set(metrics))
    keys = [(f"a{n:02}", day) for day in DAYS for n in range(ACCOUNTS)]
    spread = {"share": 1.0, "score": 100.0}

    def value(name: str) -> float:
        most = spread.get(metrics[name].unit, 60.0)
        return float(random.random() < 0.5) if metrics[name].unit == "yes or no" else random.uniform(-0.2 * most, most)

    def column(name: str) -> pa.Array:
        return pa.array([value(name) if random.random() < KNOWN else None for _ in keys], pa.float64())

    head = {"account_id": pa.array([a for a, _ in keys]), "as_of": pa.array([d for _, d in keys], pa.date32())}
    about: dict[str, Any] = {
        "segment": ["smb", "enterprise"], "value_tier": ["smb", "mid_market"], "lifecycle": ["active", "onboarding"],
        "industry": ["retail", None], "country": ["DE", "FR"],
    }
    frame = {name: pa.array([kinds[n % 2] for n in range(len(keys))], pa.string()) for name, kinds in about.items()}
    frame |= {
        "scored": pa.array([n % 9 != 8 for n in range(len(keys))]),
        "not_scored": pa.array(["trial" if n % 9 == 8 else None for n in range(len(keys))], pa.string()),
        "tenure_days": pa.array([40 * (n % 12) for n in range(len(keys))], pa.int64()),
        "mrr": pa.array([100.0 * n for n in range(len(keys))], pa.float64()),
    }
    records = sorted({str(m.record) for m in metrics.values() if m.record})
    covered = [(day, record, day - timedelta(days=2)) for day in DAYS for record in records]
    return {
        "frame": pa.table({**head, **frame}),
        "wide": pa.table({**head, **{name: column(name) for name in names}}),
        "covered": pa.table({
            "as_of": pa.array([c[0] for c in covered], pa.date32()), "record": pa.array([c[1] for c in covered]),
            "covered_to": pa.array([c[2] for c in covered], pa.date32()),
        }),
    }


def scored(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """The four tables, in the order of their keys."""
    definitions, tables = builtin(), {name: engine.frame(data) for name, data in given().items()}
    cards = [definitions.scorecards[name] for name in CARDS]
    values = MetricTable(tables["wide"], tables["covered"])
    found = score(tables["frame"], values, cards, NONE, None, definitions.metrics, engine.cache)
    rows = {name: engine.arrow(getattr(found, name)).to_pylist() for name in TABLES}
    return {name: sorted(mine, key=_key) for name, mine in rows.items()}


def _key(row: dict[str, Any]) -> list[str]:
    return [f"{k}={v}" for k, v in sorted(row.items()) if isinstance(v, (str, date)) or k == "limit"]


@pytest.mark.spark
def test_both_engines_score_alike() -> None:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = spark_engine("local[2]")
    try:
        ours, theirs = scored(duckdb_engine(threads=2)), scored(spark)
    finally:
        spark.close()
    for table in TABLES:
        assert len(ours[table]) == len(theirs[table]) > 0, table
        for one, other in zip(ours[table], theirs[table], strict=True):
            for name, value in one.items():
                number = isinstance(value, float) and isinstance(other[name], float)
                same = math.isclose(value, other[name], rel_tol=0, abs_tol=1e-9) if number else value == other[name]
                assert same, (table, name, value, other[name], one)
    assert any(row["score"] is not None for row in ours["scores"])
