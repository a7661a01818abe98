"""The rules of signals as read: volumes against SQL over the stored findings, judgements within the own accounts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

import holdfast
from holdfast.definitions.expression import Expression
from holdfast.definitions.load import builtin
from holdfast.definitions.signal import Threshold
from holdfast.workspace.signal_rules import in_words, signal_rules


def test_volumes_are_those_of_the_stored_findings(small_company: Path) -> None:
    site = holdfast.open(small_company)
    document, day = signal_rules(site.published), site.published.as_of
    stored = site.published.read("signals")
    assert stored.num_rows
    with duckdb.connect() as sql:
        sql.register("stored", stored)
        rows = sql.execute(
            "select signal, count(*) filter (opened_on between $d::date - 89 and $d::date), "
            "count(*) filter (opened_on between $d::date - 179 and $d::date - 90), "
            "count(*) filter (cleared_on is null) from stored group by 1", {"d": day}).fetchall()
    counted = {name: tuple(counts) for name, *counts in rows}
    reaches, half = (site.published.days[0] <= day - timedelta(days=span) for span in (180, 90))
    for rule in document["rules"]:
        last, before, still = counted.get(rule["signal"], (0, 0, 0))
        assert (rule["last"], rule["open"]) == (last if half else None, still), rule["signal"]
        assert rule["before"] == (before if reaches else None)
        assert rule["judged"] == 0
    assert document["looked"] == {
        "last": sum(day - timedelta(days=90) < one <= day for one in site.published.days),
        "before": sum(day - timedelta(days=180) < one <= day - timedelta(days=90) for one in site.published.days)}
    assert sum(counts[2] for counts in counted.values()) == sum(rule["open"] for rule in document["rules"]) > 0


def test_rules_of_nobody_s_accounts_count_nothing(small_company: Path) -> None:
    site = holdfast.open(small_company)
    document = signal_rules(site.published, set())
    assert {(rule["open"], rule["last"] or 0, rule["judged"]) for rule in document["rules"]} == {(0, 0, 0)}
    assert document["overlap"] == []


def test_a_condition_in_words_has_labels_signs_and_limits() -> None:
    definitions = builtin()
    words = in_words(Expression.parse("mau <= least and plan <> 'mau'"), definitions,
                     {"least": Threshold(otherwise=5.0)})
    assert words == f"“{definitions.metrics['mau'].label}” ≤ 5 and plan ≠ 'mau'"
