"""Steps run beside the caller, in their order; a failure reaches the caller and stops what was behind it."""

from __future__ import annotations

import threading

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.lake import duckdb_engine
from holdfast.lake.statements import MOST, Statements


@pytest.fixture
def statements():
    made = Statements(duckdb.connect())
    yield made
    made.close()


def test_more_statements_than_may_wait_run_in_their_order(statements):
    seen = []
    for number in range(3 * MOST):
        statements.later(lambda number=number: seen.append(number))
    statements.wait()
    assert seen == list(range(3 * MOST))


def test_a_failure_reaches_the_caller_once_and_what_was_behind_it_does_not_run(statements):
    seen, gate = [], threading.Event()
    statements.later(gate.wait)
    statements.later(lambda: 1 / 0, lambda: seen.append("beside"))
    statements.later(lambda: seen.append("behind"))
    gate.set()
    with pytest.raises(ZeroDivisionError):
        statements.wait()
    statements.later(lambda: seen.append("after"))
    statements.wait()
    assert seen == ["after"]


def test_a_step_that_fails_is_told_of_where_its_rows_are_asked_for():
    engine = duckdb_engine(threads=1)
    words = engine.frame(pa.table({"word": ["1", "no"]}))
    wrong = engine.cache(words.select(n=words.word.cast("int64")))
    with pytest.raises(duckdb.ConversionException):
        engine.arrow(wrong)
    assert engine.arrow(engine.frame(pa.table({"n": [1]})))["n"].to_pylist() == [1]
    engine.close()


def test_a_block_that_ends_with_a_failed_step_leaves_no_table_and_no_name_behind():
    engine, names = duckdb_engine(threads=1), []

    def failing_block():
        with engine.scratch():
            words = engine.frame(pa.table({"word": ["no"]}))
            names.append(words.get_name())
            engine.cache(words.select(n=words.word.cast("int64")))

    with pytest.raises(duckdb.ConversionException):
        failing_block()
    assert engine.sql("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
    with engine.scratch():
        assert [engine.frame(pa.table({"n": [1]})).get_name()] == names
    engine.close()


def test_rows_of_files_are_read_while_a_step_is_at_work(tmp_path):
    pq.write_table(pa.table({"n": [1, 2]}), tmp_path / "a.parquet")
    engine, gate, ended = duckdb_engine(threads=2), threading.Event(), threading.Event()
    engine._statements.later(lambda: gate.wait(30), ended.set)
    rows = engine.parquet([str(tmp_path / "a.parquet")], pa.schema([("n", pa.int64())]))
    assert engine.arrow(rows.aggregate(n=rows.n.sum()))["n"].to_pylist() == [3]
    assert not ended.is_set()
    gate.set()
    step = engine.cache(rows)
    assert engine.arrow(step.aggregate(n=step.n.sum()))["n"].to_pylist() == [3]
    engine.close()


def test_the_next_block_may_use_the_names_of_the_last_one_for_other_files(tmp_path):
    engine = duckdb_engine(threads=1)
    for number in (1, 2):
        file = tmp_path / f"{number}.parquet"
        pq.write_table(pa.table({"n": [number]}), file)
        with engine.scratch():
            rows = engine.parquet([str(file)], pa.schema([("n", pa.int64())]))
            assert engine.arrow(engine.cache(rows).select(m=ibis._.n + 1))["m"].to_pylist() == [number + 1]
    engine.close()
