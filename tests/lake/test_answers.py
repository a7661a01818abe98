"""A question is compiled once, and its text gives what the question gives."""

import pyarrow as pa
import pytest

from holdfast.lake import answers as module
from holdfast.lake import duckdb_engine
from holdfast.lake.answers import answers

ROWS = pa.table({"a": ["x", "x", "y"], "n": [1, 2, 5]})


class Asked:
    """Sums by name over a kept step; counts how often it is asked."""

    times = 0

    def __call__(self, tables, keep):
        self.times += 1
        rows = tables["rows"]
        doubled = keep(rows.mutate(n=rows.n * 2))
        sums = doubled.group_by("a").agg(n=doubled.n.sum()).order_by("a")
        return {"sums": sums, "all": doubled.agg(n=doubled.n.sum())}


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(module, "_texts", {})
    made = duckdb_engine(threads=1)
    yield made
    made.close()


def listed(found):
    return {name: table.to_pylist() for name, table in found.items()}


WANTED = {"sums": [{"a": "x", "n": 6}, {"a": "y", "n": 10}], "all": [{"n": 16}]}


def test_the_second_time_only_the_text_runs(engine):
    ask = Asked()
    assert listed(answers(engine, "q", {"rows": ROWS}, ask)) == WANTED
    other = pa.table({"a": ["z"], "n": [7]})
    assert listed(answers(engine, "q", {"rows": other}, ask))["sums"] == [{"a": "z", "n": 14}]
    assert ask.times == 1
    assert engine.sql("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)


def test_another_process_compiles_the_same_expressions(engine, monkeypatch):
    answers(engine, "q", {"rows": ROWS}, Asked())
    known = dict(engine._compiled._texts)
    monkeypatch.setattr(module, "_texts", {})
    ask = Asked()
    assert listed(answers(engine, "q", {"rows": ROWS}, ask)) == WANTED
    assert ask.times == 1
    assert engine._compiled._texts == known


def test_another_question_or_other_columns_are_compiled_anew(engine):
    ask = Asked()
    answers(engine, "q", {"rows": ROWS}, ask)
    answers(engine, "r", {"rows": ROWS}, ask)
    halves = pa.table({"a": ["x"], "n": [0.5]})
    assert listed(answers(engine, "q", {"rows": halves}, ask))["all"] == [{"n": 1.0}]
    assert ask.times == 3
