"""Answers to the same question about small tables: compiled once, then only the text runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from .engine import Engine

if TYPE_CHECKING:
    from .duckdb_engine import DuckDBEngine

Keep = Callable[[ir.Table], ir.Table]
Ask = Callable[[Mapping[str, ir.Table], Keep], Mapping[str, ir.Table]]
"""From the given tables, and a way to compute a step once, to the tables that are asked for."""
MOST = 200
"""Questions that are remembered."""
_texts: dict[str, Texts] = {}


@dataclass(frozen=True)
class Texts:
    """Statements in the order in which they run: tables to make, and one query an answer."""

    steps: list[tuple[str, str]]
    asked: dict[str, str]


def answers(engine: Engine, question: str, given: Mapping[str, pa.Table], ask: Ask) -> dict[str, pa.Table]:
    """The answers of ``ask`` about the tables in ``given``.

    ``question`` names everything that ``ask`` closes over: the same question about tables of the same
    columns is built and compiled once a process. The tables bear the same names in every process, so that
    texts which the engine keeps are found again.
    """
    if engine.kind != "duckdb":
        tables = {name: engine.frame(data) for name, data in given.items()}
        return {name: engine.arrow(table) for name, table in ask(tables, engine.cache).items()}
    from .duckdb_engine import DuckDBEngine

    assert isinstance(engine, DuckDBEngine)
    names = {name: f"hf_given_{name}" for name in given}
    for name, data in given.items():
        engine.named(names[name], data)
    texts = _known(engine, question, given, ask)
    try:
        for name, text in texts.steps:
            engine.sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {text}')
        return {name: engine.con.con.sql(text).to_arrow_table() for name, text in texts.asked.items()}
    finally:
        for name in [*names.values(), *(step for step, _ in texts.steps)]:
            engine.sql(f'DROP TABLE IF EXISTS temp.main."{name}"')


def _known(engine: DuckDBEngine, question: str, given: Mapping[str, pa.Table], ask: Ask) -> Texts:
    columns = {name: str(data.schema.remove_metadata()) for name, data in given.items()}
    key = hashlib.sha256(json.dumps([question, columns]).encode()).hexdigest()
    if key not in _texts:
        if len(_texts) >= MOST:
            _texts.clear()
        _texts[key] = _compiled(engine, given, ask)
    return _texts[key]


def _compiled(engine: DuckDBEngine, given: Mapping[str, pa.Table], ask: Ask) -> Texts:
    steps: list[tuple[str, str]] = []

    def named(name: str, schema: ibis.Schema) -> ir.Table:
        place = ops.Namespace(catalog="temp", database="main")
        return ops.DatabaseTable(name=name, schema=schema, source=engine.con, namespace=place).to_expr()

    def keep(table: ir.Table) -> ir.Table:
        name = f"hf_answer_{len(steps)}"
        steps.append((name, engine.compiled(table)))
        return named(name, table.schema())

    tables = {name: named(f"hf_given_{name}", ibis.schema(data.schema)) for name, data in given.items()}
    asked = {name: engine.compiled(table) for name, table in ask(tables, keep).items()}
    return Texts(steps, asked)
