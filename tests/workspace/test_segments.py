"""Segments of the small company: every scored account is in each table once."""

from __future__ import annotations

from pathlib import Path

import holdfast
from holdfast.definitions.load import builtin
from holdfast.workspace.documents import SEGMENTS


def test_tables_sum_to_the_scored_accounts(small_company: Path) -> None:
    site = holdfast.open(small_company)
    document = site.segments()
    assert set(document) == set(SEGMENTS)
    scored = [row for row in site.accounts() if row["scored"]]
    assert {row["account_id"] for row in document["accounts"]} == {row["account_id"] for row in scored}
    for name in ("tiers", "patterns", "matrix", "load"):
        assert sum(row["accounts"] for row in document[name]) == len(scored), name
    for name in ("tiers", "patterns", "matrix"):
        assert round(sum(row["arr"] for row in document[name])) == round(sum(row["arr"] or 0 for row in scored)), name
    assert {row["pattern"] for row in document["patterns"]} >= {one.pattern for one in builtin().usage_patterns}
    owner = scored[0]["owner"]
    mine = site.segments(owner=owner)["accounts"]
    assert mine
    assert {row["owner"] for row in mine} == {owner}
