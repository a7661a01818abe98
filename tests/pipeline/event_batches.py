"""Random events in random batches, straight into a lake, as ingest would commit them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.lake import Lake, StagedFile, stored_schema
from holdfast.lake.memory import stored_rows
from holdfast.lake.packed import physical_schema
from holdfast.records import EVENT

FIRST = datetime(2025, 12, 22)
Rows = list[dict[str, Any]]


def events(luck: random.Random, count: int, days: int = 20) -> Rows:
    """Events of two accounts with sessions by id and by gap, with and without users, some known late."""
    rows = []
    for number in range(count):
        moment = FIRST + timedelta(minutes=luck.randrange(days * 24 * 60))
        late = timedelta(days=luck.choice((0, 0, 0, 1, 3, 20)), hours=1)
        rows.append({
            "event_id": f"e{number}", "account_id": luck.choice("ab"), "occurred_at": moment,
            "user_key": luck.choice((1, 2, 3, None)), "session_id": luck.choice((None, None, "s1", "s2")),
            "name": luck.choice(("login", "report")), "feature": luck.choice((None, *(f"f{n}" for n in range(9)))),
            "quantity": luck.choice((None, Decimal(3))), "channel": luck.choice((None, None, None, "api")),
            "known_at": moment + late, "source": luck.choice(("app", "web")), "line": number,
        })
    return rows


def split(luck: random.Random, rows: Rows, parts: int) -> list[Rows]:
    """The rows in ``parts`` batches, mostly in the order of time, a third of them in any batch."""
    ordered = sorted(rows, key=lambda r: r["occurred_at"])
    batches: list[Rows] = [[] for _ in range(parts)]
    for number, row in enumerate(ordered):
        place = luck.randrange(parts) if luck.random() < 0.3 else number * parts // len(ordered)
        batches[place].append(row)
    return [b for b in batches if b]


def table_of(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The rows in stored form."""
    names = list(rows[0])
    schema = stored_schema(EVENT)
    data = pa.table({n: pa.array([r[n] for r in rows], schema.field(n).type) for n in names})
    return stored_rows(data, EVENT)


def commit(lake: Lake, rows: Rows, staging: Path, app: str, *, packed: bool = False) -> int:
    """One batch into the table of events, a file a month, with the columns of packed ids if asked; its version."""
    schema = physical_schema(EVENT) if packed else stored_schema(EVENT)
    by_month: dict[str, Rows] = defaultdict(list)
    for row in rows:
        by_month[f"{row['occurred_at']:%Y-%m}"].append(row)
    files = []
    for month, found in by_month.items():
        target = staging / f"{app}-{month}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        data = table_of(found)
        for name in schema.names[len(data.column_names):]:
            data = data.append_column(schema.field(name), pa.nulls(len(found), schema.field(name).type))
        pq.write_table(data, target)
        files.append(StagedFile(target, {"month": month}))
    return lake.table("event").commit(files, schema, app, partition_by=["month"])
