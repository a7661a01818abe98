"""Which accounts lie below a parent."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from holdfast.lake import duckdb_engine
from holdfast.segments.parents import descendants

DAY = date(2026, 3, 29)


def below(links: dict[str, str | None]) -> set[tuple[str, str, int]]:
    engine = duckdb_engine(threads=1)
    frame = engine.frame(pa.table({
        "account_id": list(links), "as_of": [DAY] * len(links),
        "parent_id": pa.array(list(links.values()), pa.string()),
    }))
    found = engine.arrow(descendants(frame)).to_pylist()
    engine.close()
    assert len(found) == len({(r["parent_id"], r["account_id"]) for r in found})
    return {(r["parent_id"], r["account_id"], r["depth"]) for r in found}


def test_children_and_grandchildren_lie_below() -> None:
    assert below({"a": None, "b": "a", "c": "b", "d": "a", "e": ""}) == {
        ("a", "b", 1), ("a", "c", 2), ("b", "c", 1), ("a", "d", 1)}


def test_circles_end() -> None:
    assert below({"a": "b", "b": "a", "c": "c"}) == {("b", "a", 1), ("a", "b", 1)}


def test_a_parent_need_not_be_an_account() -> None:
    assert below({"a": "group", "b": "group"}) == {("group", "a", 1), ("group", "b", 1)}
