"""Scorecards as read: counts, quantiles and weights against SQL over the exported tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import holdfast
from holdfast.definitions.extends_diff import differences
from holdfast.workspace.scorecards import scorecard, scorecards


def test_each_metric_counts_every_account_of_the_card_once(small_company: Path) -> None:
    site = holdfast.open(small_company)
    found = scorecard(site.published, "health")
    assert found is not None
    scores, metrics = site.scores().to_arrow(), site.metrics().to_arrow()
    base = "metrics m join scores s using (account_id) where s.scorecard = 'health' and s.as_of = m.as_of"
    with duckdb.connect() as sql:
        sql.register("scores", scores)
        sql.register("metrics", metrics)
        accounts, coverage = sql.execute(f"select count(*), avg(coverage) from {base}").fetchone() or (0, 0)
        assert found["accounts"] == accounts > 0
        assert found["coverage"] == pytest.approx(coverage)
        for part in found["components"]:
            assert sum(one["weight"] for one in part["metrics"]) == pytest.approx(part["weight"])
            for one in part["metrics"]:
                name = one["metric"]
                known, median, tenth = sql.execute(
                    f"select count({name}), quantile_cont({name}::double, 0.5), quantile_cont({name}::double, 0.1) "
                    f"from {base}").fetchone() or (0, 0, 0)
                assert (one["known"], one["unknown"]) == (known, accounts - known), name
                assert sum(one["counts"]) == known
                if known:
                    assert (one["p50"], one["p10"]) == (pytest.approx(median), pytest.approx(tenth)), name
    assert sum(part["weight"] for part in found["components"]) == pytest.approx(100)


def test_cards_of_a_dial_share_the_accounts_and_only_those_asked_for(small_company: Path) -> None:
    site = holdfast.open(small_company)
    every = {row["account_id"] for row in site.accounts()}
    few = set(sorted(every)[:7])
    for only, count in ((None, len(every)), (few, 7), (set(), 0)):
        found = scorecards(site.published, only)
        assert sum(row["accounts"] for row in found if row["dial"] == "health") == count
        card = scorecard(site.published, "health", only)
        assert card is not None
        assert {row["account_id"] for row in card["why"]} <= (every if only is None else only)
    assert scorecard(site.published, "no such card") is None


def test_the_first_version_has_no_changes_and_a_changed_weight_is_one(small_company: Path) -> None:
    site = holdfast.open(small_company)
    found = scorecard(site.published, "health")
    assert found is not None
    assert [(one["first"], one["changes"]) for one in found["versions"]] == [(True, [])]
    card = site.published.site.definitions.scorecards["health"]
    name, part = next(iter(card.components.items()))
    heavier = part.model_copy(update={"weight": part.weight + 5})
    edited = card.model_copy(update={"components": {**card.components, name: heavier}})
    assert [change.path for change in differences(card, edited)] == [f"components.{name}.weight"]
