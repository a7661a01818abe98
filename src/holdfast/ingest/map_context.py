"""What mapping needs to know beyond the source and its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa


def _nothing(record: str, by: str, take: str) -> pa.Table:
    return pa.table({"key": pa.array([], pa.string()), "value": pa.array([], pa.string())})


@dataclass(frozen=True)
class MapContext:
    """The workspace's time zone, the clock, and the look-up of other records.

    ``lookup(record, by, take)`` gives a table (key, value) of texts, one row a key: the newest ``take``
    of ``record`` for each ``by``. ``now`` is the one injected clock, with its zone. ``workspace`` is where
    relative database files lie.
    """

    zone: str = "UTC"
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    workspace: Path = Path()
    lookup: Callable[[str, str, str], pa.Table] = _nothing
