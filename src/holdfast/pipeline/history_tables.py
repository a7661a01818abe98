"""Writing what was evaluated as tables of the lake, each replaced whole in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.evaluate.evaluation import Evaluation
from holdfast.failpoint import failpoint
from holdfast.lake import Engine, Lake, StagedFile

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "history_"
PUBLISHED = "published_scores"
ORDER = {
    "frame": ("account_id", "as_of"),
    "metrics": ("account_id", "as_of"),
    "covered": ("as_of", "record", "account_id"),
    "limits": ("account_id", "as_of", "scorecard", "limit"),
    "scores": ("account_id", "as_of", "dial"),
    "components": ("account_id", "as_of", "dial", "component"),
    "sums": ("account_id", "as_of", "dial"),
    "adjustments": ("account_id", "as_of", "dial", "kind", "why"),
}
"""The tables of stored history and the total order of their rows."""


def tables_of(evaluation: Evaluation) -> dict[str, ir.Table | None]:
    """The tables of one evaluation, by name."""
    return {
        "frame": evaluation.frame,
        "metrics": evaluation.metrics.wide,
        "covered": evaluation.metrics.covered,
        "limits": evaluation.limits,
        "scores": evaluation.scored.scores,
        "components": evaluation.scored.components,
        "sums": evaluation.scored.sums,
        "adjustments": evaluation.scored.adjustments,
    }


def write_history(
    lake: Lake,
    engine: Engine,
    evaluations: Sequence[Evaluation],
    staging: Path,
    app: str,
    done: Callable[[str], None] = lambda name: None,
) -> dict[str, int]:
    """Replace the history tables by those of ``evaluations``; their new versions by table name.

    A table without rows is not written. Until a publish names the new versions no reader sees them.
    """
    shutil.rmtree(staging, ignore_errors=True)
    versions: dict[str, int] = {}
    for name, order in ORDER.items():
        parts = [table for e in evaluations if (table := tables_of(e)[name]) is not None]
        failpoint(f"history.{name}.before_write")
        files = [
            path
            for number, table in enumerate(parts)
            for path in engine.write(table.order_by(list(order)), staging / f"{name}-{number}")
        ]
        failpoint(f"history.{name}.after_write")
        if files:
            target = lake.table(PREFIX + name)
            versions[target.name] = target.commit(
                [StagedFile(f) for f in files], _schema(files), app, mode="overwrite"
            )
        done(name)
    shutil.rmtree(staging, ignore_errors=True)
    return versions


def write_published(
    lake: Lake, engine: Engine, evaluation: Evaluation, day: date, run: int, staging: Path
) -> dict[str, int]:
    """Add the scores of ``day`` to the table of everything that was ever published; rows name their run.

    Rows of a run that was never published stay unread: readers ask for the runs that were.
    """
    scores = evaluation.scored.scores
    rows = scores.filter(scores.as_of == ibis.literal(day)).mutate(run=ibis.literal(run, type="int64"))
    failpoint("history.published.before_write")
    files = engine.write(rows.order_by(["account_id", "dial"]), staging / "published")
    table = lake.table(PUBLISHED)
    version = table.commit([StagedFile(f) for f in files], _schema(files), f"run-{run}")
    shutil.rmtree(staging, ignore_errors=True)
    return {PUBLISHED: version}


def _schema(files: Sequence[Path]) -> pa.Schema:
    """All columns of the files; one that is null throughout an older file takes the newer type."""
    return pa.unify_schemas([pq.read_schema(f).remove_metadata() for f in files], promote_options="permissive")
