"""Rows that are wrong on purpose, and the list that says where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BadRow:
    """A row to plant: its raw bytes without line end, what is wrong, and what should become of it.

    ``expect`` is quarantined, duplicate or kept (a kept one is legal but odd). ``last`` rows go to the end
    of the file, because they would swallow what follows. ``echo`` repeats the row before it.
    """

    kind: str
    expect: str
    reason: str
    column: str
    data: bytes
    last: bool = False


@dataclass(frozen=True)
class Planted:
    """One planted row: file below the company's folder and the physical line on which it starts."""

    file: str
    line: int
    kind: str
    expect: str
    reason: str
    column: str


@dataclass
class Ledger:
    """All rows planted so far."""

    rows: list[Planted] = field(default_factory=list)

    def note(self, file: str, line: int, bad: BadRow) -> None:
        """Write down one planted row."""
        self.rows.append(Planted(file, line, bad.kind, bad.expect, bad.reason, bad.column))


def places(bad: Sequence[BadRow], rows: int) -> tuple[dict[int, BadRow], list[BadRow]]:
    """Which bad row goes before which good row, and which go last; never above 2 % of a file.

    >>> between, last = places([BadRow("a", "kept", "", "", b""), BadRow("b", "kept", "", "", b"", True)], 100)
    >>> list(between), len(last)
    ([50], 1)
    """
    allowed = list(bad)[: rows // 50]
    between = [b for b in allowed if not b.last]
    step = rows / (len(between) + 1)
    return {int(step * (i + 1)): b for i, b in enumerate(between)}, [b for b in allowed if b.last]


def woven(lines: Iterator[bytes], spots: dict[int, BadRow]) -> Iterator[tuple[bytes, BadRow | None]]:
    """The good lines with the bad ones put before the row numbers given."""
    for index, line in enumerate(lines):
        if index in spots:
            yield spots[index].data, spots[index]
        yield line, None
