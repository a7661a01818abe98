"""Alerts are judged against the truth as by hand: found in time, false, hidden, and the naive rules beside them."""

import json
from datetime import date, timedelta

import pytest
from tests.company import EVENING
from typer.testing import CliRunner

from holdfast.cli.app import app
from holdfast.demo.measure import Alert, accounts, false_alarms, stories, wilson
from holdfast.demo.naive import naive_alerts
from holdfast.demo.truth_report import alerts


def row(name, story, onset=None, churned=None, turned=None, traced=True):
    return {"account_id": name, "story": story, "harmful": story not in ("steady", "rescued"), "onset_on": onset,
            "churned_on": churned, "turned_on": turned, "leaves_trace": traced}


KNOWN = accounts({"accounts": [
    row("early", "sudden_stop", "2026-01-01", "2026-04-01"),
    row("late", "sudden_stop", "2026-01-01", "2026-04-01"),
    row("before", "sudden_stop", "2026-01-01", "2026-04-01"),
    row("untold", "sudden_stop", "2026-01-01", "2026-04-01", traced=False),
    row("won back", "rescued", "2026-01-01", turned="2026-02-01"),
    row("calm", "steady"),
    row("leaving", "polite_exit", "2026-03-01"),
]})


def test_a_story_is_found_by_an_alert_since_its_onset_and_thirty_days_before_churn():
    told = [Alert("early", "x", date(2026, 3, 2)), Alert("late", "x", date(2026, 3, 3)),
            Alert("before", "x", date(2025, 12, 31)), Alert("untold", "x", date(2026, 1, 5))]
    (found,) = stories(KNOWN, told, date(2025, 1, 1))
    assert (found["accounts"], found["found"], found["median_days_before_churn"]) == (3, 1, 29.5)
    assert found["low"] == pytest.approx(0.0615, abs=1e-4)
    assert found["high"] == pytest.approx(0.7923, abs=1e-4)


def test_stories_before_the_stored_days_do_not_count():
    assert stories(KNOWN, [], date(2026, 3, 3)) == []
    assert stories(KNOWN, [], date(2026, 3, 2))[0]["accounts"] == 3


@pytest.mark.parametrize(("account", "day", "wrong"), [
    ("calm", "2026-01-15", True), ("early", "2025-12-31", True), ("early", "2026-01-01", False),
    ("early", "2026-05-01", False), ("early", "2026-05-02", True), ("won back", "2026-01-15", False),
    ("won back", "2026-03-03", False), ("won back", "2026-03-04", True), ("leaving", "2027-01-01", False),
])
def test_an_alert_is_false_where_no_harmful_story_runs_or_ended_within_thirty_days(account, day, wrong):
    found = false_alarms(KNOWN, [Alert(account, "x", date.fromisoformat(day))], {})
    assert found["alarms"] == int(wrong)


def test_the_rate_is_a_year_of_weeks_without_harm():
    weeks = [date(2025, 12, 7) + timedelta(weeks=n) for n in range(8)]
    found = false_alarms(KNOWN, [Alert("calm", "x", weeks[0])], {"early": weeks, "calm": weeks[:2]})
    assert found["account_years"] == pytest.approx((4 + 2) * 7 / 365.25)
    assert found["a_year"] == pytest.approx(365.25 / 42)


def test_a_share_without_a_base_has_no_interval():
    assert wilson(0, 0) is None
    low, high = wilson(0, 10)
    assert (low, high) == (pytest.approx(0, abs=1e-12), pytest.approx(0.2775, abs=1e-4))


def finding(signal, opened, cleared=None, at_first="high", worst="high", worsened=None, account="a"):
    return {"account_id": account, "signal": signal, "opened_on": date.fromisoformat(opened),
            "cleared_on": date.fromisoformat(cleared) if cleared else None, "opened_severity": at_first,
            "worst_severity": worst, "worsened_on": date.fromisoformat(worsened) if worsened else None}


def test_an_alert_is_a_finding_on_the_day_on_which_it_became_grave_and_is_listed():
    rows = [
        finding("low", "2026-01-04", at_first="medium", worst="medium"),
        finding("worse", "2026-01-04", at_first="medium", worst="critical", worsened="2026-02-01"),
        finding("stands", "2026-03-01", "2026-03-08"),
        finding("hidden", "2026-03-01"),
        finding("hidden", "2026-03-08"),
        finding("hidden", "2026-03-01", account="b"),
    ]
    found = alerts(rows, {"high", "critical"}, {"stands": ("hidden",)})
    assert [(a.account_id, a.name, str(a.day)) for a in found] == [
        ("a", "worse", "2026-02-01"), ("a", "stands", "2026-03-01"), ("a", "hidden", "2026-03-08"),
        ("b", "hidden", "2026-03-01")]


def test_a_naive_rule_speaks_each_time_that_it_begins_to_hold():
    values = [(None, 13), (-0.25, 14), (-0.26, 21), (-0.5, 0), (0.0, 14)]
    rows = [{"account_id": a, "as_of": date(2026, 1, 4) + timedelta(weeks=n), "fall": fall, "idle": idle}
            for a in "ab" for n, (fall, idle) in enumerate(values)]
    assert [(a.account_id, a.name, a.day.isoformat()) for a in naive_alerts(rows)] == [
        (a, name, day) for a in "ab"
        for name, day in (("idle", "2026-01-11"), ("fall", "2026-01-18"), ("idle", "2026-02-01"))]


def test_the_command_prints_one_document_and_names_a_folder_without_truth(small_company, tmp_path, monkeypatch):
    monkeypatch.setenv("HOLDFAST_NOW", EVENING)
    done = CliRunner().invoke(app, ["truth-report", str(small_company), "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["accounts"] == 20
    assert document["signals"]["false_alarms"]["account_years"] > 0
    assert "Signals against the truth" in CliRunner().invoke(app, ["truth-report", str(small_company)]).stdout
    assert "truth" in str(CliRunner().invoke(app, ["truth-report", str(tmp_path)]).exception)
