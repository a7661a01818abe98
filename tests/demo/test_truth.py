"""The truth file agrees with itself and with what was promised about the company."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from typing import Any

import pytest

from holdfast.demo.stories import HARMFUL, STORIES

from .conftest import Company

FEW = {
    "support_silent_while_use_falls",
    "polite_exit",
    "stale_data",
    "quiet_but_integrated",
    "single_threaded_champion",
}


def _days(row: dict[str, Any], late: str, early: str) -> int:
    return (date.fromisoformat(row[late]) - date.fromisoformat(row[early])).days


def test_every_story_is_told(company: Company) -> None:
    stories = Counter(row["story"] for row in company.truth["accounts"])
    assert set(stories) == set(STORIES)
    assert dict(company.summary.stories) == dict(stories)
    assert min(stories.values()) >= 5


def test_the_onset_lies_45_to_180_days_before_the_churn(company: Company) -> None:
    gone = [row for row in company.truth["accounts"] if row["churned_on"]]
    assert len(gone) == company.summary.churned > 20
    for row in gone:
        assert row["harmful"]
        assert 45 <= _days(row, "churned_on", "onset_on") <= 180
        assert row["onset_on"] >= company.truth["first_day"]
        assert row["onset_on"] >= row["signed_up_on"]


def test_who_stays_lives_no_harmful_story_that_has_ended(company: Company) -> None:
    for row in company.truth["accounts"]:
        if not row["churned_on"] and row["story"] in HARMFUL:
            assert row["would_churn_on"] > company.truth["last_day"]
            assert row["onset_on"] < company.truth["last_day"]
        if row["story"] == "rescued":
            assert 50 <= _days(row, "turned_on", "onset_on") < 110


def test_churn_follows_a_hazard_of_6_to_12_percent(company: Company) -> None:
    years = 0.0
    for row in company.truth["accounts"]:
        begin = max(date.fromisoformat(row["signed_up_on"]), date.fromisoformat(company.truth["first_day"]))
        years += (date.fromisoformat(row["churned_on"] or company.truth["last_day"]) - begin).days / 365
    assert 0.06 <= company.summary.churned / years <= 0.12


def test_one_story_in_five_leaves_no_trace_in_the_obvious_source(company: Company) -> None:
    told = [row for row in company.truth["accounts"] if row["obvious_source"]]
    hidden = [row for row in told if not row["leaves_trace"]]
    assert 0.12 <= len(hidden) / len(told) <= 0.28
    assert all(row["trace_source"] != row["obvious_source"] for row in hidden)


def test_strengths_reach_from_noise_to_plain(company: Company) -> None:
    strengths = sorted(row["strength"] for row in company.truth["accounts"])
    assert strengths[0] < 0.4 < 0.95 < strengths[-1]


@pytest.mark.parametrize("kind", ["trial", "new", "uploads", "unconnected"])
def test_the_odd_accounts_are_there(company: Company, kind: str) -> None:
    holds = {
        "trial": lambda r: r["trial"],
        "new": lambda r: r["signed_up_on"] > "2026-04-01",
        "uploads": lambda r: r["use_arrives"] == "uploads that stopped",
        "unconnected": lambda r: r["use_arrives"] == "not connected",
    }[kind]
    assert 1 <= sum(1 for row in company.truth["accounts"] if holds(row)) <= 60


def test_every_green_check_has_an_answer_for_each_account(company: Company) -> None:
    for check in company.truth["checks"]:
        answers = Counter(row[check] for row in company.truth["green"])
        assert set(answers) <= {"pass", "fail", "unknown", "none"}
        assert answers["none"] == sum(1 for r in company.truth["accounts"] if r["churned_on"] or r["trial"])
        least = 1 if check in FEW else 10
        assert min(answers["pass"], answers["fail"], answers["unknown"]) >= least, (check, answers)


def test_polite_exits_under_way_fail_their_check(company: Company) -> None:
    polite = {r["account_id"] for r in company.truth["accounts"] if r["story"] == "polite_exit" and not r["churned_on"]}
    failing = {r["account_id"] for r in company.truth["green"] if r["polite_exit"] == "fail"}
    assert failing == polite


def test_outages_lie_in_ordinary_weeks(company: Company) -> None:
    assert 2 <= len(company.truth["outages"]) <= 4
    for outage in company.truth["outages"]:
        assert company.truth["first_day"] < outage["first"] <= outage["last"] < company.truth["last_day"]


def test_the_tables_say_the_same_as_the_document(company: Company) -> None:
    for name, rows in (("accounts", company.truth["accounts"]), ("green", company.truth["green"])):
        with (company.folder / f"truth/{name}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        assert [list(r.values()) for r in read] == [["" if v is None else str(v) for v in r.values()] for r in rows]
