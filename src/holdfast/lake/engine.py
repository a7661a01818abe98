"""What an engine must offer: read files, hold small frames, keep a step, hand out Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa


class Engine(Protocol):
    """Runs Ibis expressions. ``kind`` names it."""

    kind: Literal["duckdb", "spark"]

    @property
    def con(self) -> ibis.BaseBackend:
        """The Ibis backend, with nothing at work on it."""

    def parquet(self, files: Sequence[str], schema: pa.Schema) -> ir.Table:
        """The rows of the files, in the columns of ``schema``; columns a file lacks are null."""

    def frame(self, data: pa.Table) -> ir.Table:
        """A small table from memory."""

    def cache(self, table: ir.Table) -> ir.Table:
        """The same rows, computed once."""

    def release(self, *tables: ir.Table) -> None:
        """Forget tables that ``cache`` or ``frame`` gave; nothing may read them afterwards."""

    def arrow(self, table: ir.Table) -> pa.Table:
        """The rows in memory."""

    def write(self, table: ir.Table, folder: Path) -> list[Path]:
        """Write the rows in their order as Parquet files into ``folder``; the paths, in order."""

    def local_time(self, moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
        """The wall-clock time in ``zone`` at the naive UTC ``moment``."""

    def narrowed(self, column: str, values: ir.Table) -> AbstractContextManager[None]:
        """A block in which steps may hold the texts of ``column`` as numbers: joins of long texts are slow and large.

        ``values`` is one column with every text that a step of the block holds there; others are refused.
        """

    def scratch(self) -> AbstractContextManager[None]:
        """A block whose tables are forgotten when it ends; the next block gives out the same names again."""

    def close(self) -> None:
        """Release everything the engine holds."""
