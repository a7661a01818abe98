"""Action triggers: which fire, what they say, who acts by when, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from holdfast.actions.due import due_on
from holdfast.actions.next_step import next_steps
from holdfast.actions.rank import SEVERITIES, ranked
from holdfast.actions.triggers import SCORE_COLUMNS, fired
from holdfast.actions.wording import fill, in_words, names_in
from holdfast.definitions.load import builtin
from holdfast.definitions.people import SERVICE_ROLES, People
from holdfast.lake import duckdb_engine
from holdfast.segments.frame import COLUMNS

DAY = date(2026, 3, 27)  # a Friday
PEOPLE = People.model_validate({
    "people": [{"email": "ana@x.test", "name": "Ana", "team": "north", "reports_to": "max@x.test"},
               {"email": "max@x.test", "name": "Max"}, {"email": "fin@x.test", "name": "Fin", "roles": ["finance"]}],
    "teams": [{"team": "north", "days": ["sun", "mon", "tue", "wed", "thu"]}],
    "roles": {"VP": "vic@x.test"},
})


def triggers_of(metrics: dict[str, float | None], score: dict[str, Any] | None = None, scored: bool = True,
                **frame: Any) -> dict[str, str]:
    engine = duckdb_engine(threads=1)
    base = {"account_id": "a", "as_of": DAY, "scored": scored, "arr": 50_000.0, "lifecycle": "active", **frame}
    table = engine.frame(pa.table({k: [v] for k, v in base.items()}))
    wide = engine.frame(pa.table({"account_id": ["a"], "as_of": [DAY],
                                  **{k: pa.array([v], pa.float64()) for k, v in metrics.items()}}))
    scores = engine.frame(pa.table({"account_id": ["a"], "as_of": [DAY], "score": [score["score"]],
                                    "band": [score["band"]], "coverage": [1.0]})) if score else None
    rows = engine.arrow(fired(table, wide, builtin().triggers, scores)).to_pylist()
    engine.close()
    assert all((r["account_id"], r["as_of"]) == ("a", DAY) for r in rows)
    return {r["trigger"]: r["severity"] for r in rows}


@pytest.mark.parametrize(("metrics", "fires"), [
    ({"usage_change_30d": -0.51}, {"usage_collapse"}),
    ({"usage_change_30d": -0.5}, {"usage_decline"}),
    ({"usage_change_30d": -0.25}, set()),
    ({"days_since_login": 13}, set()),
    ({"days_since_login": 14}, {"no_login_14"}),
    ({"days_since_login": 30}, {"no_login_30"}),
    ({"key_feature_idle_days": 30, "core_feature_idle_days": 40}, {"key_feature_unused"}),
    ({"key_feature_idle_days": 29, "core_feature_idle_days": 14}, {"core_feature_unused"}),
    ({"champion_departed_days": 30}, {"champion_left"}),
    ({"champion_departed_days": 31, "has_champion": 1}, set()),
    ({"champion_departed_days": 90, "has_champion": 0}, {"champion_left"}),
    ({"nps_trend": -3}, {"nps_decline"}),
    ({"nps_trend": -2.9}, set()),
    ({"nps_latest": 6}, {"nps_detractor"}),
    ({"nps_latest": 6, "days_since_nps_answer": 31}, set()),
    ({"ticket_sentiment_change": -0.25, "ticket_sentiment_90d": 0.1}, {"support_mood"}),
    ({"meetings_cancelled_in_a_row": 2}, {"meetings_cancelled"}),
    ({"value_answer": 1, "days_since_value_question": 10}, {"price_doubted"}),
    ({"value_answer": 3, "days_since_value_question": 10}, set()),
    ({"failed_payments_90d": 1, "overdue_amount": 5}, {"payment_failed"}),
    ({"overdue_amount": 5}, {"invoice_overdue"}),
    ({"days_to_renewal": 90, "renewal_meeting_scheduled": 0}, {"renewal_without_meeting"}),
    ({"days_to_renewal": 90, "renewal_meeting_scheduled": None}, {"contract_expiring"}),
    ({"days_to_renewal": 91, "renewal_meeting_scheduled": 0}, set()),
    ({"escalations_per_month": 1}, {"escalations"}),
    ({"seats_active_share": 0.49}, {"seats_unused"}),
    ({"has_sponsor": 0}, {"no_sponsor"}),
    ({"has_sponsor": None}, set()),
    ({"open_tickets": 4}, {"tickets_pile_up"}),
    ({"open_tickets": 3}, set()),
])
def test_each_trigger_fires_at_its_threshold(metrics: dict[str, float | None], fires: set[str]) -> None:
    assert set(triggers_of(metrics)) == fires


def test_green_without_a_value_question_is_asked_only_where_questions_are_recorded() -> None:
    green = {"score": 80.0, "band": "healthy"}
    assert set(triggers_of({"value_questions_12m": 0}, green)) == {"value_never_asked"}
    assert set(triggers_of({"value_questions_12m": None}, green)) == set()
    assert set(triggers_of({"value_questions_12m": 0}, {"score": 40.0, "band": "at_risk"})) == {"health_at_risk"}


def test_accounts_that_are_not_scored_have_no_triggers() -> None:
    assert triggers_of({"usage_change_30d": -0.9}) == {"usage_collapse": "critical"}
    assert triggers_of({"usage_change_30d": -0.9}, scored=False) == {}


def test_onboarding_is_late_only_while_onboarding() -> None:
    assert set(triggers_of({"milestones_overdue": 1}, lifecycle="onboarding")) == {"onboarding_late"}
    assert triggers_of({"milestones_overdue": 1}) == {}


def test_shipped_triggers_name_only_what_is_there() -> None:
    known = {*builtin().metrics, *COLUMNS, *SCORE_COLUMNS}
    for one in builtin().triggers:
        used = one.when.names | names_in(one.evidence) | names_in(one.action) | ({one.metric} - {None})
        assert used <= known, (one.trigger, used - known)
        assert one.severity in SEVERITIES
        assert one.owner in SERVICE_ROLES
        assert due_on(DAY, one.due) >= DAY


def step_for(trigger: str, row: dict[str, Any]) -> Any:
    definitions = replace(builtin(), people=PEOPLE)
    (step,) = next_steps([trigger], {"as_of": DAY, "owner": "ana@x.test", **row}, definitions,
                         {"north": {date(2026, 3, 30)}})
    return step


def test_a_step_says_number_unit_and_time_and_knows_its_owner() -> None:
    step = step_for("usage_decline", {"usage_change_30d": -0.34})
    assert step["evidence"] == "Usage is down 34\u00a0% in 30 days against the 30 days before."
    assert (step["owner"], step["owner_name"], step["owner_role"]) == ("ana@x.test", "Ana", "CSM")
    assert (step["metric"], step["value"], step["severity"]) == ("usage_change_30d", -0.34, "high")


def test_due_days_follow_the_team_of_the_owner() -> None:
    assert step_for("usage_decline", {"usage_change_30d": -0.3})["due_on"] == date(2026, 3, 31)
    assert step_for("payment_failed", {"failed_payments_90d": 1})["due_on"] == date(2026, 3, 30)


def test_owners_come_from_the_nearest_place() -> None:
    assert step_for("usage_collapse", {"usage_change_30d": -0.6})["owner"] == "max@x.test"
    assert step_for("usage_collapse", {"usage_change_30d": -0.6, "manager": "mia@x.test"})["owner"] == "mia@x.test"
    assert step_for("health_critical", {"score": 12.0})["owner"] == "vic@x.test"
    assert step_for("payment_failed", {"failed_payments_90d": 1})["owner"] == "fin@x.test"
    assert step_for("escalations", {"escalations_per_month": 1})["owner"] is None


def test_evidence_is_never_made_up() -> None:
    step = step_for("contract_expiring", {"days_to_renewal": None})
    assert step["evidence"] == step["label"]
    assert step["value"] is None
    assert fill("{arr} rest on {nothing}", {"arr": Decimal(5)}, {}) is None


def test_values_in_words() -> None:
    metrics = builtin().metrics
    assert in_words(1.0, metrics["days_to_renewal"]) == "1\u00a0day"
    assert in_words(0.256, metrics["seats_active_share"]) == "26\u00a0%"
    assert in_words(1234.4, metrics["overdue_amount"], "EUR") == "EUR\u00a01,234"
    assert in_words(2.0, metrics["value_answer"]) == "about even"
    assert in_words(Decimal("1200.5"), None, "EUR") == "EUR\u00a01,200.5"


def test_the_gravest_step_comes_first() -> None:
    steps = next_steps(["usage_decline", "champion_left", "seats_unused"],
                       {"as_of": DAY, "usage_change_30d": -0.3, "champion_departed_days": 3}, builtin())
    assert [s["trigger"] for s in steps] == ["champion_left", "usage_decline", "seats_unused"]


def test_rank_is_revenue_times_severity_times_urgency() -> None:
    base = {"as_of": DAY, "due_on": date(2026, 3, 29), "severity": "high", "trigger": "t"}
    rows = ranked([
        {**base, "account_id": "small", "arr": 1_000}, {**base, "account_id": "big", "arr": 90_000},
        {**base, "account_id": "unknown", "arr": None},
        {**base, "account_id": "free", "arr": 0, "severity": "critical"},
        {**base, "account_id": "middle", "arr": 50_000, "due_on": date(2026, 5, 1)},
    ])
    assert [r["account_id"] for r in rows] == ["big", "unknown", "middle", "small", "free"]
    assert rows[0]["priority"] == 90_000 * 3 * 1.5
    assert rows[1]["assumed_revenue"]
    assert rows[1]["priority"] == 25_500 * 3 * 1.5
    assert rows[4]["priority"] == 1 * 5 * 1.5
