"""Next steps: what open findings say, who acts by when, and in which order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from holdfast.actions.next_step import next_steps
from holdfast.actions.wording import fill, in_words
from holdfast.definitions.load import builtin
from holdfast.definitions.people import People

DAY = date(2026, 3, 27)  # a Friday
PEOPLE = People.model_validate({
    "people": [{"email": "ana@x.test", "name": "Ana", "team": "north", "reports_to": "max@x.test"},
               {"email": "max@x.test", "name": "Max"}, {"email": "fin@x.test", "name": "Fin", "roles": ["finance"]}],
    "teams": [{"team": "north", "days": ["sun", "mon", "tue", "wed", "thu"]}],
    "roles": {"VP": "vic@x.test"},
})


def found(signal: str, severity: str = "high", **course: Any) -> Any:
    return {"signal": signal, "severity": severity, **course}


def step_for(signal: str, row: dict[str, Any], **course: Any) -> Any:
    definitions = replace(builtin(), people=PEOPLE)
    (step,) = next_steps([found(signal, **course)], {"as_of": DAY, "owner": "ana@x.test", **row}, definitions,
                         {"north": {date(2026, 3, 30)}})
    return step


def test_a_step_says_number_unit_and_time_and_knows_its_owner() -> None:
    step = step_for("usage_decline", {"usage_decline_effect": -0.34})
    assert step["evidence"].startswith("Use of the last 4 complete weeks is 34\u00a0% below")
    assert (step["owner"], step["owner_name"], step["owner_role"]) == ("ana@x.test", "Ana", "CSM")
    assert (step["metric"], step["value"], step["severity"]) == ("usage_decline_effect", -0.34, "high")
    assert (step["category"], step["horizon"], step["playbook"]) == ("usage", "leading", "usage_decline")


def test_time_to_answer_runs_from_the_opening_or_the_worsening() -> None:
    row = {"failed_payments_90d": 1}
    opened = {"opened_on": date(2026, 3, 10)}
    assert step_for("payment_failed", row, **opened)["due_on"] == date(2026, 3, 11)
    worse = {**opened, "worsened_on": date(2026, 3, 26)}
    assert step_for("payment_failed", row, **worse)["due_on"] == date(2026, 3, 27)


def test_a_combination_stands_for_its_parts() -> None:
    steps = next_steps([found("usage_decline"), found("quiet_leaving", "very_high"), found("seats_unused", "medium")],
                       {"as_of": DAY}, builtin())
    assert [s["signal"] for s in steps] == ["quiet_leaving", "seats_unused"]


def test_a_signal_that_is_no_longer_defined_asks_for_nothing() -> None:
    assert next_steps([found("gone")], {"as_of": DAY}, builtin()) == []


def test_due_days_follow_the_team_of_the_owner() -> None:
    assert step_for("usage_decline", {"usage_decline_effect": -0.3})["due_on"] == date(2026, 3, 31)
    assert step_for("payment_failed", {"failed_payments_90d": 1})["due_on"] == date(2026, 3, 30)


def test_owners_come_from_the_nearest_place() -> None:
    cancelled = {"meetings_cancelled_in_a_row": 2}
    assert step_for("meetings_cancelled", cancelled)["owner"] == "max@x.test"
    assert step_for("meetings_cancelled", {**cancelled, "manager": "mia@x.test"})["owner"] == "mia@x.test"
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


def test_a_single_thing_is_singular_and_a_yearly_amount_is_money() -> None:
    metrics = builtin().metrics
    assert in_words(1.0, metrics["tickets_60d"]) == "1\u00a0ticket"
    assert in_words(2.0, metrics["tickets_60d"]) == "2\u00a0tickets"
    assert fill("{arr} a year", {"arr": 153341.7}, metrics, "EUR") == "EUR\u00a0153,342 a year"


def test_no_built_in_text_says_a_unit_twice() -> None:
    metrics = builtin().metrics
    texts = [t for s in builtin().signals.values() for t in (s.evidence, s.action)]
    texts += [d.text for p in builtin().playbooks.values() for d in p.drafts.values()]
    for text in texts:
        for name, word in re.findall(r"\{([a-z_0-9]+)(?::abs)?\} (\w+)", text):
            if name in metrics:
                assert not in_words(2.0, metrics[name]).endswith(f"\u00a0{word}"), text


def test_the_gravest_step_comes_first() -> None:
    listed = [found("usage_decline"), found("champion_left", "critical"), found("seats_unused", "medium")]
    steps = next_steps(listed, {"as_of": DAY, "usage_change_30d": -0.3, "champion_departed_days": 3}, builtin())
    assert [s["signal"] for s in steps] == ["champion_left", "usage_decline", "seats_unused"]

