"""A remembered query text is the one that compiling gives, and the file that keeps them is only a help.

Names of steps, dates and moments are places in what is remembered: text of one night serves the next.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.lake import duckdb_engine
from holdfast.lake.compiled import Compiled, compiled_of
from holdfast.lake.duckdb_engine import DuckDBEngine
from holdfast.lake.fingerprint import Fingerprint

ROWS = pa.table({"account_id": ["a", "a", "b"], "n": [1, 2, 3], "x": [0.5, None, 2.0]})
FIRST = date(2026, 1, 1)
KINDS = {"account_id": "string", "n": "int64", "x": "float64", "day": "date", "at": "timestamp(6)"}


SOURCE = ibis.duckdb.connect()


def stored(number: int) -> ir.Table:
    place = ops.Namespace(catalog="temp", database="main")
    return ops.DatabaseTable(name=f"hf_step_{number}", schema=KINDS, source=SOURCE, namespace=place).to_expr()


TABLES = [stored(number) for number in range(4)]
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
    lambda t, k: t.filter(t.day > ibis.date((FIRST + timedelta(days=k)).isoformat())),
    lambda t, k: t.filter(t.day.isin([FIRST, FIRST + timedelta(days=k)])),
    lambda t, k: t.mutate(at=ibis.timestamp(f"2026-01-01T00:00:0{k}.5")),
    lambda t, k: t.mutate(late=t.at < ibis.timestamp(f"2026-01-0{k + 1}T00:00:00")),
    lambda t, k: t.mutate(since=t.day.delta(ibis.date(f"2026-01-0{k + 1}"), unit="day")),
    lambda t, k: t.semi_join(TABLES[k], "account_id"),
    lambda t, k: t.filter(t.n > TABLES[k].n.max().as_scalar()),
    lambda t, k: t.mutate(account_id=ibis.literal(['"main"."hf_step_1"', "HF_MOMENT(0)", "hf_step_1"][k])),
    lambda t, k: t.filter(ibis.array(['"main"."hf_step_1"', f"{k}"]).contains(t.account_id)),
    lambda t, k: t.filter(ibis.literal([FIRST, FIRST + timedelta(days=k)], "array<date>").contains(t.day)),
    lambda t, k: t.group_by("account_id").aggregate(
        n=t.n.max() + k, x=t.x.min(), day=t.day.max(), at=t.at.max()),
]
steps = st.lists(st.tuples(st.integers(0, len(CHANGES) - 1), st.integers(0, 2)), max_size=5)


def built(chosen: list[tuple[int, int]], first: int = 0) -> ir.Table:
    table = TABLES[first]
    for place, number in chosen:
        table = CHANGES[place](table, number)
    return table


def plain(engine: DuckDBEngine, table: ir.Table) -> str:
    return engine._compile(table, None)


@pytest.fixture(scope="module")
def compiler() -> DuckDBEngine:
    return duckdb_engine(threads=1)


@given(steps, steps)
@settings(max_examples=150)
def test_what_is_remembered_of_one_query_is_right_for_another_of_its_form(compiler, first, second):
    """Few different forms, so that many of the second are found where the first was put."""
    remembered = Compiled()
    other = [(place, (number + 1) % 3) for place, number in first]
    for table in (built(first), built(other), built(first, 3), built(second)):
        compile_ = partial(compiler._compile, table)
        assert remembered.text(Fingerprint(table), compile_) == plain(compiler, table)


@pytest.mark.parametrize("place", range(9, 16))
def test_tables_and_moments_are_no_part_of_the_form(place: int) -> None:
    assert Fingerprint(built([(place, 1)], 0)).digest == Fingerprint(built([(place, 2)], 3)).digest


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC"])
def test_a_function_is_told_by_its_name_whichever_was_declared_first(zone: str) -> None:
    code = (
        "import ibis, sys\n"
        "from holdfast.lake.fingerprint import Fingerprint\n"
        "from holdfast.lake.local_time import call\n"
        "print(*(Fingerprint(call(ibis.timestamp('2026-01-31'), zone)).digest for zone in sys.argv[1:]))"
    )
    (other,) = {"Europe/Berlin", "UTC"} - {zone}
    first, second = (subprocess.run([sys.executable, "-c", code, *zones], check=True, capture_output=True, text=True)
                     for zones in ([zone], [other, zone]))
    assert first.stdout.split()[0] == second.stdout.split()[1] != second.stdout.split()[0]


def test_one_table_twice_is_another_form_than_two_tables() -> None:
    same, other = (Fingerprint(TABLES[0].semi_join(t, "account_id")) for t in (stored(0), stored(1)))
    assert same.digest != other.digest


@pytest.mark.parametrize("text", ["1", 'FROM "main"."hf_step_0"', 'HF_MOMENT(0) "main"."hf_step_0" HF_MOMENT(1)'])
def test_a_text_with_other_places_than_were_left_out_is_not_remembered(text: str) -> None:
    table = TABLES[0].filter(TABLES[0].day > ibis.date("2026-01-31"))
    remembered, texts = Compiled(), iter([text, "plain", text, "plain too"])
    assert remembered.text(Fingerprint(table), lambda numbers: next(texts)) == "plain"
    assert remembered.text(Fingerprint(table), lambda numbers: next(texts)) == "plain too"


@given(steps)
def test_the_same_expression_built_twice_has_one_fingerprint(chosen):
    assert Fingerprint(built(chosen)).digest == Fingerprint(built(chosen)).digest


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace's own file; the one that all tests share is left out."""
    monkeypatch.delenv("HOLDFAST_COMPILED", raising=False)
    monkeypatch.setattr("holdfast.lake.compiled._open", {})
    return tmp_path / "compiled.sqlite3"


def asked(engine: DuckDBEngine, above: int) -> list[dict[str, object]]:
    table = engine.frame(ROWS)
    return engine.arrow(table.filter(table.n > above).order_by("n")).to_pylist()


def test_a_second_process_compiles_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = duckdb_engine(threads=1, compiled=file)
    found = asked(first, 1)
    first.close()
    monkeypatch.setattr("holdfast.lake.compiled._open", {})
    second = duckdb_engine(threads=1, compiled=file)
    monkeypatch.setattr(DuckDBEngine, "_compile", lambda *words: pytest.fail("compiled again"))
    assert asked(second, 1) == found


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 broken"])
def test_a_broken_file_is_made_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    engine = duckdb_engine(threads=1, compiled=file)
    assert [row["n"] for row in asked(engine, 1)] == [2, 3]
    engine.close()
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT count(*) FROM compiled").fetchone() == (1,)


def test_a_named_file_serves_all_workspaces(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_COMPILED", str(file))
    assert compiled_of(file.parent / "one") is compiled_of(file.parent / "other")
    compiled_of(None).text(Fingerprint(ibis.literal(1)), lambda numbers: "SELECT 1")
    compiled_of(None).keep()
    assert file.is_file()


def test_a_named_file_where_others_may_write_is_not_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_COMPILED", str(file))
    file.parent.chmod(0o777)
    assert compiled_of(file.parent / "one") is not compiled_of(file.parent / "other")
    monkeypatch.setenv("HOLDFAST_COMPILED", str(file.parent / "nowhere" / "file"))
    assert compiled_of(file.parent / "one") is not compiled_of(file.parent / "other")


def test_a_text_that_somebody_else_wrote_since_is_found(file: Path) -> None:
    mine, form = Compiled(file), Fingerprint(ibis.literal(1))
    other = Compiled(file)
    other.text(form, lambda numbers: "SELECT 1")
    other.keep()
    assert mine.text(form, lambda numbers: "SELECT 2") == "SELECT 1"


def test_a_file_that_is_being_written_stays(file: Path) -> None:
    form, writer = Fingerprint(ibis.literal(1)), Compiled(file)
    writer.text(form, lambda numbers: "SELECT 1")
    writer.keep()
    with patch("sqlite3.connect", side_effect=sqlite3.OperationalError("database is locked")):
        assert Compiled(file).text(form, lambda numbers: "SELECT 2") == "SELECT 2"
    assert Compiled(file).text(form, lambda numbers: "SELECT 2") == "SELECT 1"


def test_texts_of_other_versions_are_not_used(file: Path) -> None:
    kept, form = Compiled(file), Fingerprint(ibis.literal(1))
    kept.text(form, lambda numbers: "SELECT 1")
    kept.keep()
    assert Compiled(file).text(form, lambda numbers: "SELECT 2") == "SELECT 1"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE compiled SET tools = 'older'")
    assert Compiled(file).text(form, lambda numbers: "SELECT 2") == "SELECT 2"


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
