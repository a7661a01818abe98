"""How many rows a value rests on, and from which batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.lake import Snapshot
from holdfast.lake.one_account import of_account
from holdfast.metrics.row_counts import row_counts

from .day_inputs import DayInputs
from .published import Published

FILE = "lineage.parquet"


@dataclass(frozen=True)
class Lineage:
    """By metric: the number of rows, and the batches that they came in, sorted."""

    rows: dict[str, int]
    batches: dict[str, list[str]]


def lineage(published: Published, inputs: DayInputs, accounts: Sequence[str]) -> dict[str, Lineage]:
    """By account the lineage of what its health on a day rests on: as kept, or counted for these accounts alone."""
    kept = inputs.folder(published) / FILE
    if kept.is_file():
        rows = pq.read_table(kept, filters=[("account_id", "in", list(accounts))]).to_pylist()
    else:
        snapshot = published.site.snapshot(published.versions)
        rows = [row for one in accounts for row in _counted(rows_of_account(snapshot, one), inputs).to_pylist()]
    weighed = _weighed(inputs)
    found = {one: Lineage(dict.fromkeys(weighed, 0), {name: [] for name in weighed}) for one in accounts}
    for row in rows:
        if row["account_id"] in found:
            one = found[row["account_id"]]
            one.rows[row["metric"]] += row["rows"]
            one.batches[row["metric"]].append(row["batch_id"])
    return found


def lineage_kept(published: Published, inputs: DayInputs) -> bool:
    """Whether the rows behind every account's values on a day are counted and kept."""
    return (inputs.folder(published) / FILE).is_file()


def keep_lineage(published: Published, inputs: DayInputs) -> None:
    """Count the rows behind every account's values on a day once, and keep the counts beside its inputs."""
    if lineage_kept(published, inputs):
        return
    folder = inputs.folder(published)
    with published.site.engine.scratch():
        found = _counted(published.site.snapshot(published.versions), inputs)
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{FILE}.draft"
    pq.write_table(found, draft, row_group_size=20_000)
    draft.rename(folder / FILE)


def _counted(snapshot: Snapshot, inputs: DayInputs) -> pa.Table:
    clock: Any = inputs.clock
    return row_counts(snapshot, inputs.definitions, _weighed(inputs), inputs.day, clock)


def _weighed(inputs: DayInputs) -> list[str]:
    """The metrics that the scorecards of health weigh."""
    cards = [card for card in inputs.definitions.scorecards.values() if card.dial == "health"]
    names = {name for card in cards for component in card.components.values() for name in component.metrics}
    return sorted(names & set(inputs.definitions.metrics))


def rows_of_account(snapshot: Snapshot, account_id: str) -> Snapshot:
    """The same snapshot with the rows of one account only, each record read once."""
    kept: dict[str, ir.Table] = {}

    def rows_of(record: str) -> ir.Table:
        if record not in kept:
            rows = snapshot.rows(record)
            if "account_id" in rows.columns:
                rows = snapshot.engine.cache(of_account(rows, account_id, snapshot.engine))
            kept[record] = rows
        return kept[record]

    return Snapshot(snapshot.engine, rows_of, snapshot.zone, snapshot.masters)
