"""One metric of each primitive gives the same on Spark as on DuckDB."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from data_event import FEATURES
from frame_data import ZONE, frame
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.definitions.metric import Metric
from holdfast.lake import TEXT_MARKS, Engine, duckdb_engine, memory_snapshot, spark_engine
from holdfast.metrics.evaluate import metric_table

DAY = date(2026, 3, 29)
NAMES = [
    "api_calls_30d", "login_events_30d", "mau", "sessions_7d", "features_used_30d", "days_since_activity",
    "wau_change_7d", "wau_baseline_24w", "wau_slope_13w", "power_user_share", "milestones_done",
    "weighted_events_30d", "l7_l30", "quiet_integration", "mau_percentile", "ticket_share", "ticket_csat",
    "ticket_median", "ticket_last", "budget_mentions_90d", "text_mood_change", "negative_texts_share_90d",
]
FURTHER = {
    "mau_percentile": {"percentile": {"of": "mau"}},
    "ticket_share": {"record": "ticket", "share": {"of": "priority = 'urgent'"}},
    "ticket_csat": {"record": "ticket", "average": {"of": "csat"}},
    "ticket_median": {"record": "ticket", "median": {"of": "csat"}},
    "ticket_last": {"record": "ticket", "latest": {"of": "csat", "where": "csat is not null", "by": "closed_at"}},
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    engine = spark_engine("local[2]")
    yield engine
    engine.close()


def _values(engine: Engine) -> list[dict[str, object]]:
    kept = {name: tables()[name] for name in ("event", "ticket", TEXT_MARKS)}
    snapshot = memory_snapshot(kept, engine, ZONE)
    metrics = {**builtin().metrics, **{
        name: Metric.model_validate({"name": name, "label": name, "words": name, **text})
        for name, text in FURTHER.items()
    }}
    definitions = replace(builtin(), features=FEATURES, metrics=metrics)
    wide = metric_table(snapshot, definitions, engine.frame(frame([DAY])), NAMES, "known").wide
    data: pa.Table = engine.arrow(wide)
    return sorted(data.to_pylist(), key=lambda row: str(row["account_id"]))


@pytest.mark.spark
def test_both_engines_agree(spark: Engine) -> None:
    ours, theirs = _values(duckdb_engine(threads=2)), _values(spark)
    assert [row["account_id"] for row in ours] == [row["account_id"] for row in theirs]
    for a, b in zip(ours, theirs, strict=True):
        for name in NAMES:
            x, y = a[name], b[name]
            same = x is None and y is None
            if x is not None and y is not None:
                same = math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-12)
            assert same, (a["account_id"], name, x, y)
    for name in NAMES:
        assert any(row[name] is not None for row in ours), name
