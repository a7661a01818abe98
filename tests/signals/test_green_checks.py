"""Green checks: pass, fail and unknown by hand; their course over stored days; the words they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from tests.signals.frames import frame_table, no_scores, sundays

from holdfast.actions.green_answer import answer
from holdfast.definitions.green_check import GreenCheck
from holdfast.definitions.load import builtin
from holdfast.evaluate.conditions import Period
from holdfast.evaluate.green_history import green_history
from holdfast.lake import Engine, duckdb_engine
from holdfast.records import RECORDS
from holdfast.signals.available import missing_of_conditions
from holdfast.signals.green_codes import green_codes, names_read, state_of
from holdfast.signals.values import values

UNKNOWN: dict[str, float | None] = dict.fromkeys(names_read(builtin().green_checks.values()))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = duckdb_engine(threads=1)
    yield made
    made.close()


def a_check(**parts: Any) -> GreenCheck:
    given = {"check": "c", "label": "C", "asks": "Is it?", "fails": [{"when": "x < 3", "evidence": "{x} seen"}],
             "passes": "{x} is enough", "action": "Act.", **parts}
    return GreenCheck.model_validate(given)


def code(engine: Engine, one: GreenCheck, scored: bool = True, **numbers: float | None) -> int:
    frame, wide = frame_table({"a": {"scored": [scored], **{k: [v] for k, v in numbers.items()}}}, sundays(1))
    table = values(engine.frame(frame), engine.frame(wide), None, names_read([one]))
    found = engine.arrow(green_codes(table, {one.check: one})).to_pylist()
    return int(found[0][one.check])


def told(engine: Engine, name: str, **numbers: float | None) -> tuple[str | None, str]:
    """State and evidence of a built-in check; what is not given is unknown."""
    one, filled = builtin().green_checks[name], {**UNKNOWN, **numbers}
    found = code(engine, one, **filled)
    return state_of(found), answer(one, found, filled, builtin()).evidence


def test_pass_fail_and_unknown(engine: Engine) -> None:
    one = a_check()
    assert [state_of(code(engine, one, x=x)) for x in (2.0, 3.0, None)] == ["fail", "pass", "unknown"]
    assert state_of(code(engine, one, scored=False, x=2.0)) is None


def test_what_is_missing_decides_nothing_even_where_another_part_is_false(engine: Engine) -> None:
    one = a_check(fails=[{"when": "x < 3 and y > 1", "evidence": "{x}"}])
    assert state_of(code(engine, one, x=5.0, y=None)) == "unknown"
    assert state_of(code(engine, one, x=2.0, y=None)) == "unknown"
    assert state_of(code(engine, one, x=5.0, y=2.0)) == "pass"
    kind = a_check(fails=[{"when": "x < 3 and coalesce(y, 2) > 1", "evidence": "{x}"}])
    assert state_of(code(engine, kind, x=2.0, y=None)) == "fail"


def test_one_reason_is_enough_and_all_must_be_known_to_pass(engine: Engine) -> None:
    one = a_check(fails=[{"when": "x < 3", "evidence": "{x}"}, {"when": "y > 1", "evidence": "{y}"}])
    assert state_of(code(engine, one, x=2.0, y=None)) == "fail"
    assert state_of(code(engine, one, x=5.0, y=None)) == "unknown"
    assert state_of(code(engine, one, x=5.0, y=1.0)) == "pass"


def test_the_exemption_comes_first_then_what_is_unclear(engine: Engine) -> None:
    one = a_check(exempt={"when": "coalesce(e, 0) = 1", "evidence": "{e}"}, unknown=[{"when": "u = 1", "why": "so"}])
    assert state_of(code(engine, one, x=2.0, e=1.0, u=1.0)) == "pass"
    assert state_of(code(engine, one, x=2.0, e=None, u=1.0)) == "unknown"
    assert state_of(code(engine, one, x=2.0, e=None, u=None)) == "fail"


POLITE = {"tickets_recorded": 9.0, "hard_tickets_270d": 3.0, "tickets_60d": 0.0, "tickets_before_60d": 8.0,
          "open_tickets": 1.0, "reply_delay_days": 2.5, "exports_30d": 0.0, "exports_120d": 4.0}
ARGUED = ("After 3 tickets that were urgent, escalated, reopened or badly rated, the customer opened 0 tickets in 60 "
          "days, after 8 tickets in the half year before; tickets left open: 1.")
UNARGUED = ("Tickets in 60 days: 0 tickets, in the half year before: 8 tickets; of 270 days 3 tickets were urgent, "
            "escalated, reopened or badly rated.")
BUILTIN: Sequence[tuple[str, dict[str, float | None], str, str]] = (
    ("missing_sponsor", {"contacts_with_roles": 0.0}, "unknown", "Role not recorded."),
    ("missing_sponsor", {}, "unknown", "Role not recorded."),
    ("missing_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 0.0, "sponsor_departed_days": 40.0}, "fail",
     "The sponsor left 40 days ago, and nobody has followed."),
    ("missing_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 0.0}, "fail",
     "Roles are recorded for 3 people, and none of those present is a sponsor."),
    ("missing_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 1.0, "sponsors_present": 1.0,
                         "sponsor_departed_days": 40.0}, "pass", "Sponsors present: 1."),
    ("silent_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 0.0}, "unknown",
     "No sponsor is there who could be silent."),
    ("silent_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 1.0, "sponsor_silence_days": 179.0}, "pass",
     "The sponsor last took part 179 days ago."),
    ("silent_sponsor", {"contacts_with_roles": 3.0, "has_sponsor": 1.0, "sponsor_silence_days": 180.0}, "fail",
     "The sponsor has not taken part for 180 days; the limit is 180 days."),
    ("power_user_without_budget", {"contacts_with_roles": 3.0, "top_user_share_90d": 0.6, "top_user_has_budget": 0.0,
                                   "budget_holder_contact_days": 119.0}, "pass",
     "The most active person did 60 % of the work of 90 days, or those who decide about money are in touch."),
    ("power_user_without_budget", {"contacts_with_roles": 3.0, "top_user_share_90d": 0.6, "top_user_has_budget": 0.0,
                                   "budget_holder_contact_days": 120.0}, "fail",
     "One person did 60 % of the work of 90 days and has no say about money; nobody who has was spoken with for at "
     "least 120 days."),
    ("power_user_without_budget", {"contacts_with_roles": 3.0, "top_user_share_90d": 0.9, "top_user_has_budget": 1.0},
     "pass", "The most active person did 90 % of the work of 90 days, or those who decide about money are in touch."),
    ("power_user_without_budget", {"contacts_with_roles": 3.0, "top_user_has_budget": 0.0}, "unknown",
     "Not known: Share of the most active user, 90 days."),
    ("single_threaded_champion", {"multi_threading": 1.0}, "unknown",
     "No exchange with a person was ever recorded for it."),
    ("single_threaded_champion", {"multi_threading": 1.0, "days_since_two_way_contact": 4.0}, "fail",
     "People in touch with us in 90 days: 1; at least two are wanted."),
    ("single_threaded_champion", {"multi_threading": 2.0, "days_since_two_way_contact": 4.0}, "pass",
     "People in touch with us in 90 days: 2."),
    ("no_confirmed_value", {"value_claims_recorded": 0.0, "value_confirmed_2q": 0.0}, "unknown",
     "No claim of value was ever recorded for it."),
    ("no_confirmed_value", {"value_claims_recorded": 2.0, "value_confirmed_2q": 0.0}, "fail",
     "No claim of value was confirmed in this or the last quarter; claims ever recorded: 2 claims."),
    ("no_confirmed_value", {"value_claims_recorded": 2.0, "value_confirmed_2q": 1.0}, "pass",
     "Claims of value confirmed in this or the last quarter: 1 claim."),
    ("value_below_price", {"value_claims_priced": 0.0, "value_price_ratio": 0.0}, "unknown",
     "No confirmed claim with an amount holds today."),
    ("value_below_price", {"value_claims_priced": 1.0}, "unknown", "Not known: Value against price."),
    ("value_question_not_asked", {"value_questions_180d": 0.0, "value_answers_180d": 0.0}, "fail",
     "The question was never asked."),
    ("value_question_not_asked", {"value_questions_180d": 0.0, "value_answers_180d": 0.0,
                                  "days_since_value_question": 200.0}, "fail",
     "The question was last asked 200 days ago; the limit is 180 days."),
    ("value_question_not_asked", {"value_questions_180d": 1.0, "value_answers_180d": 0.0}, "unknown",
     "It was asked and no answer was written down."),
    ("polite_exit", {"tickets_recorded": 0.0}, "unknown", "No ticket was ever recorded for it."),
    ("polite_exit", POLITE, "fail", ARGUED),
    ("polite_exit", {**POLITE, "open_tickets": 0.0}, "pass", UNARGUED),
    ("polite_exit", {**POLITE, "open_tickets": 0.0, "text_mood_360d": -0.1, "exports_30d": 2.0}, "fail",
     ARGUED.replace("open: 1.", "open: 0.")),
    ("polite_exit", {**POLITE, "hard_tickets_270d": 2.0}, "pass", UNARGUED.replace("3 tickets", "2 tickets")),
    ("polite_exit", {**POLITE, "tickets_60d": 2.0}, "pass",
     UNARGUED.replace("60 days: 0 tickets", "60 days: 2 tickets")),
    ("support_silent_while_use_falls", {"tickets_recorded": 9.0, "tickets_60d": 0.0, "tickets_before_60d": 2.0,
                                        "usage_decline_effect": -0.3, "days_since_any_event": 1.0}, "fail",
     "No ticket in 60 days after 2 tickets in the half year before, while use is 30 % below its own 24 weeks."),
    ("support_silent_while_use_falls", {"quiet_integration": 1.0, "system_days_30d": 30.0, "tickets_recorded": 9.0,
                                        "tickets_60d": 0.0, "tickets_before_60d": 2.0, "usage_decline_effect": -0.3,
                                        "days_since_any_event": 1.0}, "pass",
     "Few people log in, but systems work on 30 days of 30."),
    ("stale_data", {"days_since_any_event": 30.0}, "fail",
     "No event of a person or a system has arrived for 30 days; silence and a feed that has stopped look the same."),
    ("stale_data", {"days_since_any_event": 29.0}, "pass", "The newest event arrived 29 days ago."),
    ("stale_data", {}, "unknown", "Not known: Days since any event."),
    ("quiet_but_integrated", {"days_since_any_event": 0.0, "user_days_30d": 3.0, "system_days_30d": 20.0}, "pass",
     "Few people log in (3 user days in 30 days), and systems work on 20 days of 30: quiet but integrated, no risk for "
     "few logins."),
    ("quiet_but_integrated", {"days_since_any_event": 0.0, "user_days_30d": 3.0, "system_days_30d": 9.0}, "fail",
     "Use in 30 days: 3 user days, and systems worked on 9 days: neither people nor systems do much with it."),
    ("quiet_but_integrated", {"days_since_any_event": 0.0, "user_days_30d": 9.0, "system_days_30d": 0.0}, "pass",
     "People were active on 9 user days in 30 days."),
    ("quiet_but_integrated", {"user_days_30d": 0.0, "system_days_30d": 0.0}, "unknown",
     "No event was ever recorded for it."),
)


@pytest.mark.parametrize("n", range(len(BUILTIN)))
def test_built_in_checks_by_hand(engine: Engine, n: int) -> None:
    name, numbers, state, evidence = BUILTIN[n]
    found = told(engine, name, **numbers)
    assert (found[0], found[1].replace("\u00a0", " ")) == (state, evidence)


def test_stretches_over_stored_days(engine: Engine) -> None:
    days = sundays(6)
    late = {"x": [1.0] * 6, "scored": [False, True, True, True, True, True]}
    accounts = {"a": {"x": [5.0, 2.0, None, 1.0, 4.0, 2.0]}, "b": late}
    frame, wide = frame_table(accounts, days)
    definitions = replace(builtin(), green_checks={"c": a_check()})
    scores = pa.table({
        "account_id": ["a"] * 6, "as_of": pa.array(days, pa.date32()), "dial": ["health"] * 6,
        "scorecard": ["balanced"] * 6, "score": [75.0] * 6, "coverage": [1.0] * 6,
        "band": ["healthy", "healthy", "neutral", "neutral", "thriving", "neutral"],
    })
    period = Period(definitions, engine.frame(frame), engine.frame(wide), engine.frame(scores))
    table = green_history(engine, [period], days)
    assert table is not None
    rows = [tuple(r.values()) for r in engine.arrow(table).to_pylist()]
    assert rows == [
        ("a", "c", days[0], days[0], "pass", True), ("a", "c", days[1], days[1], "fail", True),
        ("a", "c", days[2], days[2], "unknown", False), ("a", "c", days[3], days[3], "fail", False),
        ("a", "c", days[4], days[4], "pass", True), ("a", "c", days[5], days[5], "fail", False),
        ("b", "c", days[1], days[5], "fail", False),
    ]


def test_a_check_that_is_no_longer_defined_is_no_longer_asked(engine: Engine) -> None:
    days = sundays(4)
    frame, wide = frame_table({"a": {"x": [1.0] * 4}}, days)
    empty = no_scores().append_column("scorecard", pa.array([], pa.string()))
    known = [replace(builtin(), green_checks=checks) for checks in ({"c": a_check()}, {"d": a_check(check="d")})]
    periods = [
        Period(one, *(engine.frame(t.slice(2 * n, 2)) for t in (frame, wide)), engine.frame(empty))
        for n, one in enumerate(known)
    ]
    table = green_history(engine, periods, days)
    assert table is not None
    rows = [(r["check"], r["from_on"], r["to_on"]) for r in engine.arrow(table).to_pylist()]
    assert rows == [("c", days[0], days[1]), ("d", days[2], days[3])]


def test_without_any_check_there_is_no_table(engine: Engine) -> None:
    frame, wide = frame_table({"a": {"x": [1.0]}}, sundays(1))
    period = Period(replace(builtin(), green_checks={}), engine.frame(frame), engine.frame(wide),
                    engine.frame(no_scores()))
    assert green_history(engine, [period], sundays(1)) is None


def test_what_nobody_records_is_named_once() -> None:
    metrics = builtin().metrics

    def lacking(name: str, loaded: set[str]) -> tuple[str, ...]:
        return missing_of_conditions([r.when for r in builtin().green_checks[name].fails], metrics, loaded)

    assert not any(lacking(name, set(RECORDS)) for name in builtin().green_checks)
    without = set(RECORDS) - {"value_question", "value_claim"}
    assert {n for n in builtin().green_checks if lacking(n, without)} == {
        "no_confirmed_value", "value_below_price", "value_question_not_asked"}
    assert lacking("value_question_not_asked", without) == ("value_question",)
    assert lacking("power_user_without_budget", {"event", "ticket"}) == ("contact",)
