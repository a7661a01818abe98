"""Steps of the embedded engine: held as numbers they give the rows and joins of the texts; released they are gone."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from holdfast.lake import duckdb_engine
from holdfast.lake.duckdb_engine import DuckDBEngine

ROWS = [{"account_id": name, "n": n} for n, name in enumerate(["b", "a", "", "é", "A", "b", None])]


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    found = duckdb_engine(threads=1)
    yield found
    found.close()


def given(engine: DuckDBEngine) -> ir.Table:
    return engine.frame(pa.Table.from_pylist(ROWS))


def ids(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.account_id.notnull()).select("account_id")


def kind_of(engine: DuckDBEngine, step: ir.Table) -> str:
    found = engine.sql(f'SELECT any_value(typeof(account_id)) FROM "{step.op().name}"').fetchone()
    return str(found[0])


def test_rows_order_and_joins_are_those_of_the_texts(engine: DuckDBEngine) -> None:
    rows = given(engine)
    with engine.narrowed("account_id", ids(rows)):
        narrow = engine.cache(rows)
        joined = engine.cache(narrow.inner_join(rows.select("account_id", m="n"), "account_id"))
    wide = engine.cache(narrow)
    assert kind_of(engine, narrow).startswith("ENUM")
    assert kind_of(engine, wide) == "VARCHAR"
    by_text = rows.order_by([ibis.asc("account_id", nulls_first=True), "n"])
    by_number = narrow.order_by([ibis.asc("account_id", nulls_first=True), "n"])
    assert engine.arrow(by_number).equals(engine.arrow(by_text))
    assert engine.arrow(wide).to_pylist() == ROWS
    assert engine.arrow(joined.aggregate(n=joined.count()))["n"].to_pylist() == [8]


def test_a_text_that_was_not_named_is_refused(engine: DuckDBEngine) -> None:
    rows = given(engine)
    few = rows.filter(rows.account_id != "b")
    with pytest.raises(duckdb.ConversionException), engine.narrowed("account_id", ids(few)):
        engine.arrow(engine.cache(rows))


def test_a_released_step_is_gone(engine: DuckDBEngine) -> None:
    step = engine.cache(given(engine))
    engine.arrow(step)
    engine.release(step)
    with pytest.raises(duckdb.CatalogException):
        engine.arrow(step)


def test_a_scratch_block_leaves_no_type_behind(engine: DuckDBEngine) -> None:
    rows = given(engine)
    with engine.scratch(), engine.narrowed("account_id", ids(rows)):
        engine.arrow(engine.cache(rows))
    assert engine.sql("SELECT count(*) FROM duckdb_types() WHERE NOT internal").fetchone() == (0,)
