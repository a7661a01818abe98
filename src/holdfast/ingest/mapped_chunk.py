"""What reading and casting hand to the batch: typed rows, filtered lines and rejects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pyarrow as pa

from .header_drift import HeaderDrift
from .raw_chunk import RawReject

REJECTS = pa.schema(
    [
        ("line", pa.int64()),
        ("last_line", pa.int64()),
        ("column", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("value", pa.string()),
        ("raw", pa.binary()),
    ]
)
"""``value`` and ``raw`` may hold personal data and belong in the vault; ``detail`` never quotes a value."""


@dataclass(frozen=True)
class MappedChunk:
    """Typed rows of one stretch of a source.

    ``records`` maps the index of a RecordMap in ``source.records`` to its rows: the declared columns of
    the record (personal values still plain), ``_line``, and where the source has them ``_effective_at``
    and ``_personal_attributes``. Each source row of ``rows_in`` stands in exactly one place: in
    ``records`` (once or more), in ``filtered`` or in ``rejects``. ``notes`` counts what was put right or
    seemed odd without being wrong: clock_corrected, clock_ahead.
    """

    file: str
    rows_in: int
    filtered: list[int]
    records: Mapping[int, pa.Table]
    rejects: pa.Table
    drift: HeaderDrift | None = None
    notes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def reject_table(rejects: Iterable[RawReject]) -> pa.Table:
    """The rejects as a table, by line."""
    ordered = sorted(rejects, key=lambda r: r.line)
    return pa.table(
        {
            "line": [r.line for r in ordered],
            "last_line": [r.last_line for r in ordered],
            "column": [r.column for r in ordered],
            "reason": [r.reason for r in ordered],
            "detail": [r.detail for r in ordered],
            "value": [r.value for r in ordered],
            "raw": [r.raw for r in ordered],
        },
        schema=REJECTS,
    )
