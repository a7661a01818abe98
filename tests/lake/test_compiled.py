"""A remembered query text is the one that compiling gives, and the file that keeps them is only a help."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.lake import duckdb_engine
from holdfast.lake.compiled import Compiled
from holdfast.lake.duckdb_engine import DuckDBEngine
from holdfast.lake.fingerprint import Fingerprint

ROWS = pa.table({"account_id": ["a", "a", "b"], "n": [1, 2, 3], "x": [0.5, None, 2.0]})
TABLE = ibis.table({"account_id": "string", "n": "int64", "x": "float64"}, name="t")
CHANGES: list[Callable[[ir.Table, int], ir.Table]] = [
    lambda t, k: t.filter(t.n > k),
    lambda t, k: t.filter(t.n >= k),
    lambda t, k: t.mutate(y=t.n + k),
    lambda t, k: t.mutate(z=t.n + k),
    lambda t, k: t.mutate(y=(t.n + k).cast("float64")),
    lambda t, k: t.mutate(y=ibis.cases((t.n > k, "high"), else_="low")),
    lambda t, k: t.order_by(t.n if k % 2 else ibis.desc("n")),
    lambda t, k: t.mutate(y=t.n.sum().over(ibis.window(group_by="account_id", order_by="n", preceding=k))),
    lambda t, k: t.filter(t.account_id.isin(["a", str(k)])),
    lambda t, k: t.group_by("account_id").aggregate(n=t.n.max() + k, x=t.x.min()),
]
steps = st.lists(st.tuples(st.integers(0, len(CHANGES) - 1), st.integers(0, 2)), max_size=4)


def built(chosen: list[tuple[int, int]]) -> ir.Table:
    table = TABLE
    for place, number in chosen:
        table = CHANGES[place](table, number)
    return table


@given(steps, steps)
def test_two_expressions_share_a_fingerprint_only_if_they_compile_to_the_same(first, second):
    one, two = built(first), built(second)
    if Fingerprint(one).digest == Fingerprint(two).digest:
        assert ibis.to_sql(one, dialect="duckdb") == ibis.to_sql(two, dialect="duckdb")


@given(steps)
def test_the_same_expression_built_twice_has_one_fingerprint(chosen):
    assert Fingerprint(built(chosen)).digest == Fingerprint(built(chosen)).digest


def asked(engine: DuckDBEngine, above: int) -> list[dict[str, object]]:
    table = engine.frame(ROWS)
    return engine.arrow(table.filter(table.n > above).order_by("n")).to_pylist()


def test_a_second_process_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "compiled.sqlite3"
    first = duckdb_engine(threads=1, compiled=file)
    found = asked(first, 1)
    first.close()
    second = duckdb_engine(threads=1, compiled=file)
    monkeypatch.setattr(DuckDBEngine, "_compile", lambda *words: pytest.fail("compiled again"))
    assert asked(second, 1) == found


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 broken"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "compiled.sqlite3"
    file.write_bytes(content)
    engine = duckdb_engine(threads=1, compiled=file)
    assert [row["n"] for row in asked(engine, 1)] == [2, 3]
    engine.close()
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT count(*) FROM compiled").fetchone() == (1,)


def test_texts_of_other_versions_are_not_used(tmp_path: Path) -> None:
    file = tmp_path / "compiled.sqlite3"
    kept = Compiled(file)
    kept.text("d", lambda: "SELECT 1")
    kept.keep()
    with sqlite3.connect(file) as database:
        database.execute("UPDATE compiled SET tools = 'older'")
    assert Compiled(file).text("d", lambda: "SELECT 2") == "SELECT 2"


def test_the_order_of_a_set_is_no_part_of_a_fingerprint() -> None:
    code = (
        "import ibis\nfrom holdfast.lake.fingerprint import Fingerprint\n"
        "t = ibis.table({n: 'int64' for n in 'abcdefgh'}, name='t')\n"
        "print(Fingerprint(t.drop('a', 'c', 'e', 'g')).digest)"
    )
    found = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": str(seed)}, check=True,
                       capture_output=True, text=True).stdout
        for seed in range(4)
    }
    assert len(found) == 1
