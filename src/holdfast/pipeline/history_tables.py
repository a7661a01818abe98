"""The tables of stored history: days that stand stay in their files, all others are written anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.evaluate.evaluation import Evaluation
from holdfast.failpoint import failpoint
from holdfast.lake import Engine, Lake, LakeTable, StagedFile
from holdfast.lake.delta_table import file_checksum
from holdfast.lake.lake import file_schema

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
"""The tables of evaluations and the total order of their rows."""
CONDITIONS = "conditions"
STORED = {**ORDER, CONDITIONS: ("account_id", "as_of")}
"""All tables of stored history of which days that stand are kept."""
Parts = Sequence[tuple[ir.Table, Sequence[date]]]
"""Tables, each with the days that it holds."""
ACCOUNT_DAYS = 65_536
"""Accounts x days in one file: what a night writes anew because one of its days is new or has left."""


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


def stored_table(lake: Lake, engine: Engine, versions: Mapping[str, int], name: str) -> ir.Table | None:
    """A table of stored history as the engine sees it; None where the run wrote none."""
    version = versions.get(PREFIX + name)
    files = [] if version is None else lake.table(PREFIX + name).files(version)
    return engine.parquet(files, file_schema(files)) if files else None


@dataclass(frozen=True)
class Stored:
    """Days that are kept, in the table versions that hold them."""

    days: Collection[date] = ()
    versions: Mapping[str, int] | None = None


class History:
    """Writes the tables of stored history. Until a publish names the new versions no reader sees them."""

    def __init__(self, lake: Lake, engine: Engine, staging: Path, app: str) -> None:
        self.lake = lake
        self.engine = engine
        self.staging = staging
        self.app = app

    def write(
        self, evaluations: Sequence[tuple[Evaluation, Sequence[date]]], kept: Stored = Stored(),
        done: Callable[[str], None] = lambda name: None,
    ) -> dict[str, int]:
        """The days of ``evaluations``, and those that are kept; the new version of each table that has rows."""
        parts = {
            name: [(table, days) for e, days in evaluations if (table := tables_of(e)[name]) is not None]
            for name in ORDER
        }
        return self.add(parts, evaluations[-1][0].frame, kept, done)

    def add(
        self, tables: Mapping[str, Parts], frame: ir.Table, kept: Stored = Stored(),
        done: Callable[[str], None] = lambda name: None,
    ) -> dict[str, int]:
        """Tables by name, each from ``tables`` and what is kept of it. ``frame`` tells how many accounts there are."""
        shutil.rmtree(self.staging, ignore_errors=True)
        a_file = self._days_a_file(frame)
        versions: dict[str, int] = {}
        for name, parts in tables.items():
            failpoint(f"history.{name}.before_write")
            files = self._files(name, parts, kept, a_file)
            failpoint(f"history.{name}.after_write")
            if files:
                versions[PREFIX + name] = self._commit(self.lake.table(PREFIX + name), files)
            done(name)
        shutil.rmtree(self.staging, ignore_errors=True)
        return versions

    def _days_a_file(self, frame: ir.Table) -> int:
        a_day = frame.group_by("as_of").aggregate(n=frame.count())
        accounts: int | None = self.engine.arrow(a_day.aggregate(n=a_day.n.max()))["n"][0].as_py()
        return max(1, ACCOUNT_DAYS // max(accounts or 0, 1))

    def _files(self, name: str, fresh: Parts, kept: Stored, a_file: int) -> list[Path]:
        """All files of the table: those that stay, and those written now."""
        stay, rest = self._kept(name, kept, a_file)
        parts = [*fresh, *rest]
        days = sorted({day for _, found in parts for day in found})
        written = [
            path for number, chunk in enumerate(_chunks(days, a_file))
            for path in self._write(name, number, [(t, set(chunk).intersection(d)) for t, d in parts])
        ]
        filled = [path for path in written if pq.read_metadata(path).num_rows]
        return [*stay, *filled] or written[:1]

    def _kept(
        self, name: str, kept: Stored, a_file: int
    ) -> tuple[list[Path], list[tuple[ir.Table, list[date]]]]:
        """The files that hold kept days alone and are full, or followed by others; the kept days of all others."""
        version = (kept.versions or {}).get(PREFIX + name)
        if version is None or not kept.days:
            return [], []
        table, stay, rest = self.lake.table(PREFIX + name), [], []
        held = sorted((sorted(_days_of(path)), path) for path in table.paths(version))
        for number, (days, path) in enumerate(held):
            here = [day for day in days if day in kept.days]
            if here == days and (len(days) >= a_file or number < len(held) - 1):
                stay.append(path)
            elif here:
                opened = table.opened([path])
                rest.append((self.engine.parquet(opened, file_schema(opened)), here))
        return stay, rest

    def _write(self, name: str, number: int, parts: Sequence[tuple[ir.Table, set[date]]]) -> list[Path]:
        tables = [table.filter(table.as_of.isin(sorted(days))) for table, days in parts if days]
        if not tables:
            return []
        whole = tables[0] if len(tables) == 1 else ibis.union(*_alike(tables))
        return self.engine.write(whole.order_by(list(STORED[name])), self.staging / f"{name}-{number}")

    def _commit(self, table: LakeTable, files: Sequence[Path]) -> int:
        """A version of the table with these files and no others; the newest where it has them already."""
        newest = set(table.paths())
        wanted = {table.folder / f"{path.stem if _inside(path, table) else file_checksum(path)}.parquet": path
                  for path in files}
        fresh = [StagedFile(path) for target, path in wanted.items() if target not in newest]
        for target in newest & {target for target, path in wanted.items() if path != target}:
            table.mend(target, wanted[target])
        gone = sorted(newest - wanted.keys())
        if not fresh and not gone:
            version = table.version()
            assert version is not None
            return version
        return table.commit(fresh, file_schema(files), self.app, instead_of=gone, same_rows=False)


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
    version = table.commit([StagedFile(f) for f in files], file_schema(files), f"run-{run}")
    shutil.rmtree(staging, ignore_errors=True)
    return {PUBLISHED: version}


def _inside(path: Path, table: LakeTable) -> bool:
    return path.is_relative_to(table.folder)


def _days_of(path: Path) -> set[date]:
    return set(pq.read_table(path, columns=["as_of"])["as_of"].unique().to_pylist())


def _chunks(days: Sequence[date], size: int) -> Iterator[Sequence[date]]:
    for start in range(0, len(days), size):
        yield days[start:start + size]


def _alike(tables: Sequence[ir.Table]) -> list[ir.Table]:
    """The tables with the columns of all, each of the type that it has where it has one."""
    schema = pa.unify_schemas([t.schema().to_pyarrow() for t in tables], promote_options="permissive")
    return [
        t.select(**{
            f.name: (t[f.name] if f.name in t.columns else ibis.null()).cast(ibis.schema(pa.schema([f])).types[0])
            for f in schema
        })
        for t in tables
    ]
