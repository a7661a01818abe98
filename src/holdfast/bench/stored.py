"""A workspace whose stored history is the invented population, as a run would have left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

import holdfast
from holdfast.definitions.serialise import to_text
from holdfast.evaluate.evaluation import Evaluation
from holdfast.metrics.table import MetricTable
from holdfast.pipeline.history_tables import History
from holdfast.pipeline.site import Site
from holdfast.scoring.reference import NONE
from holdfast.scoring.score import score
from holdfast.state import definition_sets, runs

from .population import metrics, scorecard, tables

SETTINGS = "company: Invented\ncurrency: EUR\ntime_zone: UTC\nscored: {when: 'true', reason: everybody}\n"


def write_workspace(folder: Path) -> Site:
    """The definitions only."""
    for name, text in (
        ("holdfast.yml", SETTINGS), ("metrics/invented.yml", metrics()), ("scorecards/health.yml", scorecard()),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Site(folder)


def stored_history(folder: Path, accounts: int, days: Sequence[date]) -> Site:
    """The workspace, with its history written and published by the pipeline's own means."""
    site = write_workspace(folder)
    site.open_state()
    raw = folder / "raw"
    raw.mkdir()
    found = {}
    for name, data in tables(accounts, days).items():
        pq.write_table(data, raw / f"{name}.parquet")
        found[name] = site.engine.parquet([str(raw / f"{name}.parquet")], data.schema)
    definitions = site.definitions
    wide = MetricTable(found["metrics"], found["covered"])
    cards = definitions.scorecards.values()
    scored = score(found["frame"], wide, cards, NONE, None, definitions.metrics, site.engine.cache)
    evaluation = Evaluation(found["frame"], wide, None, NONE, scored)
    remembered = definition_sets.remember(definitions.hash, to_text(definitions))
    run = runs.start(days[-1], remembered, {}, holdfast.__version__)
    versions = History(site.lake, site.engine, site.data / "staging", "bench").write([(evaluation, list(days))])
    runs.publish(run, versions, [], {"references": {}})
    return site
