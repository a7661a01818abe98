"""What scoring needs for one day by one clock: stored by the run, or computed once and kept beside it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import holdfast
from holdfast.definitions.bundle import Definitions
from holdfast.scoring.reference import NONE, References

from .days import definitions_on, evaluation_of, stored_references
from .published import Published

TABLES = ("frame", "metrics", "covered", "limits")
REFERENCES = "references.json"


@dataclass(frozen=True)
class DayInputs:
    """Account frame, metrics, coverage and held limits of all accounts on one day, and what scores them."""

    day: date
    clock: str
    definitions: Definitions
    references: References
    tables: dict[str, pa.Table]

    def folder(self, published: Published) -> Path:
        """Where what is computed about the day is kept."""
        return _folder(published, self.definitions, self.day, self.clock)

    def of(self, *accounts: str) -> dict[str, pa.Table]:
        """The same tables with the rows of these accounts, and of coverage also those that hold for everybody."""
        return {name: self._only(name, table, accounts) for name, table in self.tables.items()}

    def _only(self, name: str, table: pa.Table, accounts: Sequence[str]) -> pa.Table:
        if "account_id" not in table.column_names:
            return table
        places = self._places[name]
        return table.take(pa.array(sorted(p for a in (None, *accounts) for p in places.get(a, ())), pa.int64()))

    @cached_property
    def _places(self) -> dict[str, dict[str | None, list[int]]]:
        """By table and account the numbers of its rows."""
        found: dict[str, dict[str | None, list[int]]] = {}
        for name, table in self.tables.items():
            if "account_id" in table.column_names:
                found[name] = defaultdict(list)
                for place, account in enumerate(table["account_id"].to_pylist()):
                    found[name][account].append(place)
        return found


def day_inputs(published: Published, day: date, clock: str) -> DayInputs:
    """The inputs of ``day``: from stored history where it holds the day, else computed and kept."""
    return published.kept(("inputs", day, clock), lambda: _day_inputs(published, day, clock))


def _day_inputs(published: Published, day: date, clock: str) -> DayInputs:
    definitions = definitions_on(published, day)
    if clock == "known" and day in published.days:
        tables = {name: published.read(name, days=[day]) for name in TABLES}
        return DayInputs(day, clock, definitions, stored_references(published, definitions) or NONE, tables)
    folder = _folder(published, definitions, day, clock)
    if not (folder / REFERENCES).is_file():
        _compute(published, day, clock, folder)
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in TABLES}
    stored = json.loads((folder / REFERENCES).read_text(encoding="utf-8"))
    return DayInputs(day, clock, definitions, References.from_json(stored), tables)


def _compute(published: Published, day: date, clock: str, folder: Path) -> None:
    """Evaluate the day and keep its inputs; where nobody was known, the tables are empty."""
    found = evaluation_of(published, day, clock)
    arrow = published.site.engine.arrow
    tables = dict.fromkeys(TABLES, pa.table({}))
    if found is not None:
        e = found.evaluation
        parts = {"frame": e.frame, "metrics": e.metrics.wide, "covered": e.metrics.covered, "limits": e.limits}
        tables |= {name: arrow(table) for name, table in parts.items() if table is not None}
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    draft.mkdir(parents=True, exist_ok=True)
    for name, data in tables.items():
        pq.write_table(data, draft / f"{name}.parquet")
    references = found.evaluation.references.to_json() if found else []
    (draft / REFERENCES).write_text(json.dumps(references), encoding="utf-8")
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)


def _folder(published: Published, definitions: Definitions, day: date, clock: str) -> Path:
    parts = [published.versions, definitions.hash, holdfast.__version__, day.isoformat(), clock]
    return published.site.data / "cache" / hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
