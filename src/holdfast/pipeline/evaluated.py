"""The days that do not stand, evaluated in blocks that fit into memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from holdfast.definitions.bundle import Definitions
from holdfast.evaluate.evaluation import Evaluation, evaluate
from holdfast.failpoint import failpoint
from holdfast.lake import Snapshot
from holdfast.metrics.plan import plan

from .standing_days import Groups, Standing

LOOKED_AT = 500
"""Accounts x days that one block looks at for each MB that the engine may use, the days included that its metrics
look back to. With the metrics that ship and 1,000 accounts, 793 such days fit into 1,400 MB and not into 1,100."""
_UNITS = {"K": 0.001, "M": 1.0, "G": 1000.0, "T": 1_000_000.0}
Fresh = list[tuple[Evaluation, list[date]]]


def evaluated(
    snapshot: Snapshot, groups: Groups, standing: Standing, progress: Callable[[str, int, int], None]
) -> tuple[Fresh, dict[str, Any]]:
    """The days that do not stand, in order of time; the references of all definitions by their hash.

    A day is the same whichever days are evaluated with it.
    """
    found: Fresh = []
    known = dict(standing.references)
    todo = list(_blocks(snapshot, groups, standing))
    for number, (definitions, days) in enumerate(todo):
        progress("Metrics and scores", number, len(todo))
        failpoint("evaluate.before")
        found.append((evaluate(snapshot, definitions, days, known.get(definitions.hash)), days))
        known[definitions.hash] = found[-1][0].references
        failpoint("evaluate.after")
    progress("Metrics and scores", len(todo), len(todo))
    return found, {hash_: references.to_json() for hash_, references in known.items()}


def _blocks(snapshot: Snapshot, groups: Groups, standing: Standing) -> Iterator[tuple[Definitions, list[date]]]:
    ids = snapshot.account_ids
    accounts: int = snapshot.engine.arrow(ids.aggregate(n=ids.count()))["n"][0].as_py()
    room = LOOKED_AT * megabytes(groups[-1][0].settings.engine.memory)
    for definitions, asked in groups:
        days = [day for day in asked if day not in standing.days]
        if snapshot.engine.kind == "spark":
            yield from [(definitions, days)] if days else []
            continue
        for block in blocks_of_days(definitions, days, int(room / max(accounts, 1))):
            yield definitions, block


def megabytes(text: str) -> float:
    """A size of memory as the engine takes it.

    >>> megabytes("1400MB"), megabytes("3 GB"), megabytes("2GiB")
    (1400.0, 3000.0, 2000.0)
    """
    found = re.fullmatch(r"([\d.]+)\s*([KMGT])i?B", text.strip(), re.IGNORECASE)
    return float(found[1]) * _UNITS[found[2].upper()] if found else 1400.0


def blocks_of_days(definitions: Definitions, days: Sequence[date], most: int) -> Iterator[list[date]]:
    """``days`` in order, cut into blocks of which each looks at ``most`` days or fewer; at least one day a block."""
    block: list[date] = []
    looked_at: set[date] = set()
    for day in days:
        own = set(plan(definitions.metrics, None, [day]).all_days)
        if block and len(looked_at | own) > most:
            yield block
            block, looked_at = [], set()
        block.append(day)
        looked_at |= own
    if block:
        yield block
