"""Scoring a large population once: from a stored table of metrics to sorted tables of scores."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from holdfast.definitions.load import load
from holdfast.lake import duckdb_engine
from holdfast.metrics.table import MetricTable
from holdfast.pipeline.history_tables import ORDER
from holdfast.scoring.reference import NONE
from holdfast.scoring.score import score

from .measured import Measurement, measure
from .population import NEWEST, tables
from .stored import write_workspace

STORED = ("scores", "components", "sums", "adjustments")


def score_accounts(folder: Path, accounts: int, times: int, names: Iterable[str] = STORED) -> list[Measurement]:
    """Score once and write each table of ``names``: the scores alone, then all tables together."""
    definitions = load(write_workspace(folder).folder)
    files = {}
    for name, data in tables(accounts, [NEWEST]).items():
        files[name] = folder / f"{name}.parquet"
        pq.write_table(data, files[name], row_group_size=32_768)

    def work(wanted: Iterable[str]) -> None:
        engine = duckdb_engine(memory="1GB", spill=folder)
        found = {n: engine.parquet([str(f)], pq.read_schema(f)) for n, f in files.items()}
        wide = MetricTable(found["metrics"], found["covered"])
        cards = definitions.scorecards.values()
        keep = engine.cache if len(tuple(wanted)) > 1 else None
        scored = score(found["frame"], wide, cards, NONE, None, definitions.metrics, keep)
        for name in wanted:
            order = ORDER.get(name, ("account_id", "as_of", "dial", "component", "metric"))
            engine.write(getattr(scored, name).order_by(list(order)), folder / "out" / name)
        engine.close()
        shutil.rmtree(folder / "out")

    size = f"{accounts:,} accounts, 40 metrics, 6 components"
    return [
        measure("scores, written sorted", size, lambda: work(["scores"]), times),
        measure(f"{', '.join(names)}, written sorted", size, lambda: work(names), times),
    ]
