"""The signals and playbooks that ship: every row of the tables is answered, and every answer can be carried out."""

from __future__ import annotations

import re

import pytest

from holdfast.definitions.load import builtin
from holdfast.definitions.playbook import Playbook
from holdfast.definitions.rules.signals_have_playbooks import gravest
from holdfast.definitions.signal import SEVERITIES, Signal

WAITING: set[str] = set()
"""Rows that no definition answers yet."""
SIGNALS, PLAYBOOKS = builtin().signals, builtin().playbooks


def covered() -> set[str]:
    found = builtin()
    parts = (*SIGNALS.values(), *PLAYBOOKS.values(), *found.escalations, *found.offers, *found.reviews)
    return {row for one in parts for row in one.covers}


def test_every_row_of_the_signal_tables_is_answered() -> None:
    rows = {f"{table.table}.{row}" for table in builtin().signal_tables for row in table.rows}
    assert len(rows) > 100
    assert not rows - covered()


@pytest.mark.parametrize("one", SIGNALS.values(), ids=lambda s: s.signal)
def test_a_risk_of_high_severity_has_a_playbook(one: Signal) -> None:
    if one.nature == "risk" and gravest(one) >= SEVERITIES["high"]:
        assert one.playbook in PLAYBOOKS


@pytest.mark.parametrize("one", SIGNALS.values(), ids=lambda s: s.signal)
def test_evidence_holds_a_number_and_a_signal_lasts_no_less_than_a_day(one: Signal) -> None:
    assert re.search(r"\{[a-z]", one.evidence)
    assert one.evidence[0].isupper() or one.evidence[0] == "{"
    assert one.action.endswith(".")
    assert int(one.action_window.removesuffix("d")) >= 14


@pytest.mark.parametrize("book", PLAYBOOKS.values(), ids=lambda p: p.playbook)
def test_a_playbook_has_dated_stages_owners_a_measured_success_and_a_draft(book: Playbook) -> None:
    assert len(book.stages) >= 3
    assert all(step.owner for stage in book.stages for step in stage.steps)
    assert book.success.when.names
    assert book.success.missed
    used = {step.draft for stage in book.stages for step in stage.steps} - {None}
    assert used == set(book.drafts)
    assert used


def test_every_playbook_is_asked_for() -> None:
    assert {one.playbook for one in SIGNALS.values()} - {None} == set(PLAYBOOKS)


def test_times_and_severities_of_the_matrix() -> None:
    assert (SIGNALS["champion_left"].severity, SIGNALS["champion_left"].due) == ("critical", "24h")
    assert (SIGNALS["renewal_refused"].severity, SIGNALS["renewal_refused"].due) == ("critical", "same day")
    assert (gravest(SIGNALS["cancellation_asked"]), SIGNALS["cancellation_asked"].due) == (5, "same day")
    assert (gravest(SIGNALS["tools_evaluated"]), SIGNALS["tools_evaluated"].due) == (4, "48h")
    assert (SIGNALS["budget_questioned"].severity, SIGNALS["budget_questioned"].due) == ("medium", "48h")
    assert (gravest(SIGNALS["payment_failed"]), SIGNALS["payment_failed"].due) == (4, "24h")
    assert (gravest(SIGNALS["nps_detractor"]), SIGNALS["nps_detractor"].due) == (3, "72h")
    assert (SIGNALS["review_missed"].severity, SIGNALS["review_missed"].due) == ("medium", "7d")
    assert (SIGNALS["contract_expiring"].severity, SIGNALS["contract_expiring"].due) == ("medium", "7d")
    assert (SIGNALS["escalations"].severity, SIGNALS["escalations"].due) == ("medium", "48h")
    assert (SIGNALS["usage_decline"].severity, SIGNALS["usage_decline"].due) == ("high", "48h")


def test_escalation_follows_the_contract_and_the_offers_their_price() -> None:
    ways = {e.escalation: e for e in builtin().escalations}
    assert ways["cancellation"].first == ("save team",)
    assert [f.to for f in ways["champion_departure"].further] == [("manager",), ("VP",)]
    assert ways["champion_departure"].further[1].when is not None
    assert [o.offer for o in sorted(builtin().offers, key=lambda o: o.rank)] == [
        "extended_support", "services", "feature_access", "pause", "price", "custom"]
    assert {o.offer: o.approval for o in builtin().offers}["price"] == ("VP", "finance")
