"""Calling a kernel over a table: on DuckDB batch by batch, on Spark inside its workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from holdfast.lake import Engine

from .registry import KERNELS


def apply(
    engine: Engine, table: ir.Table, keys: Sequence[str], series: Sequence[str], kernel: str,
    options: Mapping[str, Any], name: str,
) -> ir.Table:
    """``keys`` and ``name``: what the kernel gives for the columns ``series`` of each row."""
    work = partial(_batches, keys=list(keys), series=list(series), kernel=kernel, options=dict(options), name=name)
    chosen = table.select(*keys, *series)
    if engine.kind == "spark":
        return _on_spark(engine, chosen, keys, work, name)
    data = engine.arrow(chosen)
    return engine.frame(pa.Table.from_batches(work(data.to_batches(max_chunksize=65_536)), _schema(data, keys, name)))


def _on_spark(engine: Engine, table: ir.Table, keys: Sequence[str], work: Any, name: str) -> ir.Table:
    session: Any = engine.con._session
    frame = session.sql(engine.con.compile(table))
    types = dict(frame.dtypes)
    columns = ", ".join([*(f"{k} {types[k]}" for k in keys), f"{name} double"])
    result = frame.mapInArrow(work, columns)
    view = f"hf_kernel_{name}_{id(work)}"
    result.createOrReplaceTempView(view)
    return engine.cache(engine.con.table(view))


def _batches(
    batches: Iterable[pa.RecordBatch], keys: list[str], series: list[str], kernel: str, options: dict[str, Any],
    name: str,
) -> Iterator[pa.RecordBatch]:
    function = KERNELS[kernel]
    for batch in batches:
        matrix = np.column_stack([
            batch.column(c).cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64) for c in series
        ])
        values = pa.array(function(matrix, **options), pa.float64(), from_pandas=True)
        yield pa.RecordBatch.from_arrays([*(batch.column(k) for k in keys), values], names=[*keys, name])


def _schema(data: pa.Table, keys: Sequence[str], name: str) -> pa.Schema:
    return pa.schema([*(data.schema.field(k) for k in keys), pa.field(name, pa.float64())])
