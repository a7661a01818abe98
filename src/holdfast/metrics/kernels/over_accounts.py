"""Detector kernels over the accounts of a base: in this process on DuckDB, inside the workers on Spark."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from holdfast.lake import Engine

from .detect import Looks, tests, tests_schema
from .weekly_counts import Floats, WeeklyCounts

Sums = Callable[[WeeklyCounts], Floats]


class AccountsHere:
    """The weekly counts of all accounts, in memory."""

    def __init__(self, engine: Engine, table: ir.Table, weeks: int) -> None:
        self._engine = engine
        self._counts = WeeklyCounts.read(engine.arrow(table.order_by(["account_id", "week"])), weeks)

    def total(self, sums: Sums) -> Floats:
        """Sums over all accounts."""
        return sums(self._counts)

    def rows(self, looks: Looks, names: Sequence[str]) -> ir.Table | None:
        """``account_id``, ``end`` and the named values; None for no names."""
        return self._engine.frame(tests(self._counts, looks, names)) if names else None


class AccountsOnSpark:
    """The weekly counts of all accounts, an account's rows in one partition; only sums reach the driver."""

    def __init__(self, engine: Engine, table: ir.Table, weeks: int) -> None:
        self._engine, self._weeks = engine, weeks
        session: Any = engine.con._session
        frame = session.sql(engine.con.compile(table))
        self._frame = frame.repartition("account_id").sortWithinPartitions("account_id", "week")

    def total(self, sums: Sums) -> Floats:
        """Sums over all accounts, the same whatever the order of the partitions."""
        work = partial(_sums_of_part, sums=sums, weeks=self._weeks)
        parts = [np.array(row["sums"]) for row in self._frame.mapInArrow(work, "sums array<double>").collect()]
        shape = sums(WeeklyCounts.read(_no_rows(), self._weeks)).shape
        exact = [math.fsum(column) for column in zip(*(p.ravel() for p in parts), strict=True)]
        return np.array(exact).reshape(shape) if parts else np.zeros(shape)

    def rows(self, looks: Looks, names: Sequence[str]) -> ir.Table | None:
        """``account_id``, ``end`` and the named values; None for no names."""
        if not names:
            return None
        work = partial(_rows_of_part, looks=looks, names=list(names), weeks=self._weeks)
        columns = ", ".join(["account_id string", "end bigint", *(f"{name} double" for name in names)])
        view = f"hf_detected_{id(work)}"
        self._frame.mapInArrow(work, columns).createOrReplaceTempView(view)
        return self._engine.cache(self._engine.con.table(view))


def over_accounts(engine: Engine, table: ir.Table, weeks: int) -> AccountsHere | AccountsOnSpark:
    """The accounts of ``account_id``, ``start``, ``week``, ``n`` in the weeks 0 .. ``weeks`` - 1."""
    return AccountsOnSpark(engine, table, weeks) if engine.kind == "spark" else AccountsHere(engine, table, weeks)


def _no_rows() -> pa.Table:
    return pa.schema([("account_id", pa.string()), ("start", pa.int64()), ("week", pa.int64()),
                      ("n", pa.int64())]).empty_table()


def _whole(batches: Iterable[pa.RecordBatch], weeks: int) -> WeeklyCounts | None:
    table = pa.Table.from_batches(list(batches), _no_rows().schema)
    return WeeklyCounts.read(table, weeks) if table.num_rows else None


def _sums_of_part(batches: Iterable[pa.RecordBatch], sums: Sums, weeks: int) -> Iterator[pa.RecordBatch]:
    counts = _whole(batches, weeks)
    if counts is not None:
        yield pa.RecordBatch.from_arrays([pa.array([sums(counts).ravel().tolist()])], names=["sums"])


def _rows_of_part(
    batches: Iterable[pa.RecordBatch], looks: Looks, names: list[str], weeks: int
) -> Iterator[pa.RecordBatch]:
    counts = _whole(batches, weeks)
    if counts is not None:
        yield from tests(counts, looks, names).cast(tests_schema(names)).to_batches()
