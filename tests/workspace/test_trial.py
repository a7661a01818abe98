"""`holdfast try`: what an edited scorecard does to stored history, against scoring all of it anew."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import ibis
import pytest
from tests.company import holdfast as command

import holdfast
from holdfast.bench.population import BANDS, scorecard, weeks
from holdfast.bench.stored import stored_history
from holdfast.errors.definitions import DefinitionsRefused
from holdfast.errors.workspace import MetricsNotStored, NoScorecardFile, ReferenceDayNotStored
from holdfast.evaluate.reference_days import frozen_references
from holdfast.portfolio.trial import falls
from holdfast.scoring.reference import NONE
from holdfast.scoring.rescore import rescored
from holdfast.scoring.score import score
from holdfast.workspace.days import evaluation_of, stored_references
from holdfast.workspace.published import Published
from holdfast.workspace.trial import Trial

EDITS = {
    "one component": scorecard(swapped="m00"),
    "two components": scorecard(swapped="m00").replace("m01: {weight: 2.5, score: {thresholds: {0: 10",
                                                       "m01: {weight: 2.5, score: {thresholds: {0: 40"),
    "bands": scorecard(bands=BANDS.replace("70", "60")),
    "limits": scorecard().replace("m00 <= 0.1", "m00 <= 0.4"),
    "missing rule": scorecard().replace("reason: invented\nreviewed", "missing: neutral\nreason: invented\nreviewed"),
    "floor of coverage": scorecard() + "withhold_below_coverage: 0.95\n",
    "other weights": scorecard().replace("m06: {weight: 2.5", "m06: {weight: 4.5").replace("m00: {weight: 2.5",
                                                                                           "m00: {weight: 0.5"),
}


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    site = stored_history(tmp_path_factory.mktemp("invented") / "workspace", 60, weeks(5))
    return Published(site)


def trial(published, tmp_path, text, name="edited.yml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return Trial(published, file)


def rows(published, table):
    found = published.site.engine.arrow(table.order_by(["account_id", "as_of"])).to_pylist()
    return {(r["account_id"], r["as_of"]): r for r in found}


def test_the_same_scorecard_changes_nothing(invented, tmp_path):
    same = trial(invented, tmp_path, scorecard())
    assert len(same.edit.taken) == 6
    for row in rows(invented, rescored(same.stored, same.edit)).values():
        assert row["before_score"] == row["after_score"]
        assert row["before_band"] == row["after_band"]
    assert same.result()["flips"]["accounts"] == 0


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_gives_the_scores_that_scoring_anew_gives(invented, tmp_path, name):
    one = trial(invented, tmp_path, EDITS[name])
    got = rows(invented, rescored(one.stored, one.edit))
    plain = rows(invented, rescored(one.stored, replace(one.edit, taken={}, moves=False)))
    assert got == plain
    card, metrics = one.edit.card, one.stored.metrics
    anew = score(one.stored.frame, metrics, [card], NONE, None, one.definitions.metrics)
    wanted = rows(invented, anew.scores)
    assert got.keys() == wanted.keys()
    for key, row in wanted.items():
        assert got[key]["after_band"] == row["band"]
        assert got[key]["after_score"] == row["score"]
    assert any(r["before_score"] != r["after_score"] or r["before_band"] != r["after_band"] for r in got.values())


def test_only_what_changed_is_computed(invented, tmp_path):
    assert trial(invented, tmp_path, EDITS["one component"]).result()["computed"] == ["c0"]
    assert trial(invented, tmp_path, EDITS["bands"]).result()["computed"] == []
    assert len(trial(invented, tmp_path, EDITS["missing rule"]).result()["computed"]) == 6


def test_an_account_that_falls_under_another_scorecard_is_scored_by_it(invented, tmp_path):
    other = scorecard(swapped="m00").replace("scorecard: health", "scorecard: small")
    one = trial(invented, tmp_path, other + "applies: {priority: 9, when: \"segment = 'small'\"}\n", "small.yml")
    assert one.edit.moves
    got = rows(invented, rescored(one.stored, one.edit))
    frame = rows(invented, one.stored.frame)
    wanted = rows(invented, score(one.stored.frame, one.stored.metrics, one.edit.cards, NONE, None,
                                  one.definitions.metrics).scores)
    for key, row in got.items():
        assert row["after_score"] == wanted[key]["score"]
        assert (wanted[key]["scorecard"] == "small") == (frame[key]["segment"] == "small")


def test_the_document_adds_up(invented, tmp_path):
    document = trial(invented, tmp_path, EDITS["bands"]).document()
    flips = document["flips"]
    assert flips["accounts"] == len(flips["list"]) == sum(m["accounts"] for m in flips["moves"]) > 0
    assert flips["mrr"] == sum(r["mrr"] for r in flips["list"])
    for spread in document["histograms"]["newest"].values():
        assert sum(spread["bins"]) + spread["not_enough_data"] == 60
    assert document["weeks"][-1]["flipped"] == flips["accounts"]
    assert document["weeks"][0]["falls"]["before"] == {"critical": None, "at_risk": None}
    assert len(document["correlations"]["metrics"]["names"]) == 40
    json.dumps(document, allow_nan=False)


def test_each_week_counts_once_where_days_are_stored_one_by_one(invented, tmp_path):
    sundays = weeks(5)
    days = sorted({*sundays, *(sundays[-1] - timedelta(days=n) for n in range(1, 17))})
    daily = Published(stored_history(tmp_path / "daily", 60, days))
    assert len(daily.days) == 5 + 14
    document = trial(daily, tmp_path, EDITS["bands"]).document()
    assert document["days"] == 5
    assert [week["week"] for week in document["weeks"]] == [day.isoformat() for day in sundays]
    assert sum(document["histograms"]["all_days"]["before"]["bins"]) <= 5 * 60
    assert max(n for row in document["correlations"]["components"]["n"] for n in row) <= 5 * 60


def test_falls_are_moves_into_a_watched_band_from_a_better_one():
    sunday = date(2026, 6, 28)
    bands = ["critical", "at_risk", "neutral", "healthy"]
    stories = {
        "a": ["healthy", "at_risk", "critical"],
        "b": ["critical", "at_risk", "at_risk"],
        "c": ["not_enough_data", "critical", "critical"],
        "d": ["neutral", "critical", "healthy"],
    }
    table = ibis.memtable([
        {"account_id": account, "as_of": sunday + timedelta(weeks=week), "before_band": band, "after_band": "healthy"}
        for account, story in stories.items()
        for week, band in enumerate(story)
    ] + [{"account_id": "a", "as_of": sunday + timedelta(days=day), "before_band": band, "after_band": "healthy"}
         for day, band in ((1, "critical"), (2, "healthy"), (8, "healthy"), (9, "at_risk"))])
    found = {r["as_of"]: r for r in falls(table, bands, bands[:2]).to_pyarrow().to_pylist()}
    second, third = (found[sunday + timedelta(weeks=n)] for n in (1, 2))
    assert (second["before_at_risk"], second["before_critical"]) == (1, 1)
    assert (third["before_at_risk"], third["before_critical"]) == (0, 1)
    assert second["after_at_risk"] == second["after_critical"] == 0


def test_what_is_not_stored_is_said_by_name(invented, tmp_path):
    with pytest.raises(MetricsNotStored, match=r"logins_30d is not stored.*holdfast run"):
        trial(invented, tmp_path, scorecard().replace("m00 <= 0.1", "logins_30d <= 0.1"))
    compared = scorecard().replace("m00: {weight: 2.5, score: {linear: {from: 0, to: 1}}",
                                   "m00: {weight: 2.5, score: {exponential: {k: 3}}")
    with pytest.raises(ReferenceDayNotStored, match=r"2020-01-05.*2026-05-31"):
        trial(invented, tmp_path, compared + "reference: {on: 2020-01-05}\n")
    known = trial(invented, tmp_path, compared + "reference: {on: 2026-06-07}\n")
    assert known.edit.references.get(known.edit.card, "m00").p90 > 0.5


def test_errors_are_worded_as_check_words_them(invented, tmp_path):
    with pytest.raises(NoScorecardFile):
        Trial(invented, tmp_path / "none.yml")
    with pytest.raises(DefinitionsRefused, match=r"bad\.yml:.*m99"):
        trial(invented, tmp_path, scorecard().replace("m07:", "m99:"), "bad.yml")


@pytest.fixture(scope="module")
def edited(small_company, tmp_path_factory):
    """A company run again with an edited scorecard that compares with a population; before it, and what try told."""
    folder = Path(shutil.copytree(small_company, tmp_path_factory.mktemp("edited") / "company"))
    site = holdfast.open(folder)
    file = folder / "scorecards" / "health.yml"
    text = file.read_text(encoding="utf-8").replace("version: 1", "version: 2")
    text += (
        "reference: {on: 2026-06-28}\n"
        "bands: {thriving: 90, healthy: 74, neutral: 60, at_risk: 35, critical: 0}\n"
        "components: {usage: {metrics: {core_adoption: {weight: 3}, "
        "dau_mau: {weight: 14, score: {exponential: {k: 3}}}}}}\n"
    )
    file.write_text(text, encoding="utf-8")
    before, document = site.accounts(), site.trial(file)
    command("run", "-w", str(folder), "--history", "3w")
    return holdfast.open(folder), before, document


def test_a_run_with_the_edited_scorecard_publishes_what_try_foretold(edited):
    site, earlier, document = edited
    assert document["computed"] == ["usage"]
    before, after = ({r["account_id"]: r for r in rows} for rows in (earlier, site.accounts()))
    moved = {a: (before[a]["band"], after[a]["band"]) for a in after if before[a]["band"] != after[a]["band"]}
    assert moved
    assert moved == {r["account_id"]: (r["from"], r["to"]) for r in document["flips"]["list"]}
    for row in document["flips"]["list"]:
        assert row["score_after"] == pytest.approx(after[row["account_id"]]["score"], abs=1e-9)
        assert row["mrr"] == after[row["account_id"]]["mrr"]


def test_a_past_day_takes_the_references_that_the_run_froze(edited, monkeypatch):
    published = edited[0].published
    definitions = published.site.definitions
    stored = stored_references(published, definitions)
    assert stored == frozen_references(published.site.snapshot(published.versions), definitions) != NONE
    monkeypatch.setattr("holdfast.evaluate.evaluation.frozen_references", lambda *words: pytest.fail("frozen again"))
    for clock in ("known", "believed"):
        assert evaluation_of(published, published.days[0], clock).evaluation.references == stored
