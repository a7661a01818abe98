"""Findings over time: opening, hysteresis, worsening, unknown days, cool-down, expiry, combinations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.signals.frames import frame_table, history, no_scores, one_signal, rows, sundays

from holdfast.definitions.load import builtin
from holdfast.definitions.signal import Signal
from holdfast.evaluate.conditions import Period
from holdfast.evaluate.signal_history import signal_history
from holdfast.lake import Engine, duckdb_engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = duckdb_engine(threads=1)
    yield made
    made.close()


def found(engine: Engine, one: Signal | list[Signal], **series: list[Any]) -> list[dict[str, Any]]:
    signals = one if isinstance(one, list) else [one]
    days = sundays(len(next(iter(series.values()))))
    return rows(engine, history(engine, signals, {"a": series}, days))


def spans(findings: list[dict[str, Any]], count: int) -> list[tuple[int, int | None]]:
    """(number of the day of opening, number of the day of clearing) of each finding."""
    number = {day: n for n, day in enumerate(sundays(count))}
    return [(number[f["opened_on"]], None if f["cleared_on"] is None else number[f["cleared_on"]]) for f in findings]


def test_a_finding_opens_persists_and_clears(engine: Engine) -> None:
    (one,) = found(engine, one_signal(), x=[5, 1, 2, 4, 5])
    days = sundays(5)
    assert (one["opened_on"], one["last_on"], one["cleared_on"], one["state"]) == (days[1], days[2], days[3], "cleared")
    assert (one["severity"], one["worsened_on"], one["times"]) == ("medium", None, 1)


def test_one_value_opens_and_another_ends(engine: Engine) -> None:
    edge = [5, 2, 3.5, 2, 4.5, 3.5, 6, 3.5]
    assert spans(found(engine, one_signal(until="x > 5"), x=edge), 8) == [(1, 6)]
    assert spans(found(engine, one_signal(), x=edge), 8) == [(1, 2), (3, 4)]


def test_unknown_neither_opens_nor_ends(engine: Engine) -> None:
    assert found(engine, one_signal(), x=[None, None, None]) == []
    (one,) = found(engine, one_signal(), x=[None, 1, None, None])
    days = sundays(4)
    assert (one["state"], one["last_on"], one["unknown_since"]) == ("unknown", days[1], days[2])
    (one,) = found(engine, one_signal(), x=[None, 1, None, 1])
    assert (one["state"], one["opened_on"], one["last_on"], one["times"]) == ("open", days[1], days[3], 1)


def test_an_account_that_is_no_longer_scored_has_no_findings(engine: Engine) -> None:
    assert spans(found(engine, one_signal(), x=[1, 1, 1], scored=[True, True, False]), 3) == [(0, 2)]
    assert found(engine, one_signal(), x=[1, 1], scored=[False, False]) == []


def test_the_gravest_level_counts_and_worsening_is_dated(engine: Engine) -> None:
    graver = one_signal(levels=[{"severity": "critical", "when": "x < 1"}, {"severity": "high", "when": "x < 2"}])
    (one,) = found(engine, graver, x=[2.5, 1.5, 0.5, 1.5])
    days = sundays(4)
    assert (one["opened_severity"], one["worst_severity"], one["severity"]) == ("medium", "critical", "high")
    assert one["worsened_on"] == days[2]


def test_a_finding_that_comes_back_soon_is_the_same(engine: Engine) -> None:
    values = [1, 5, 1, 5, 5, 5, 1]
    assert spans(found(engine, one_signal(cool_down="14d"), x=values), 7) == [(0, 3), (6, None)]
    kept = found(engine, one_signal(cool_down="28d"), x=values)
    assert spans(kept, 7) == [(0, None)]
    assert kept[0]["times"] == 3


def test_a_finding_expires_and_does_not_open_again_until_it_ended(engine: Engine) -> None:
    ends = found(engine, one_signal(expires="14d"), x=[1, 1, 1, 1, 5, 1])
    days = sundays(6)
    assert spans(ends, 6) == [(0, 2), (5, None)]
    assert [(f["state"], f["last_on"]) for f in ends] == [("expired", days[2] - timedelta(days=1)), ("open", days[5])]


def test_it_waits_until_the_condition_has_held(engine: Engine) -> None:
    waits = one_signal(holds_for="14d")
    assert spans(found(engine, waits, x=[1, 1, 5, 1, 1, 1, 1]), 7) == [(5, None)]
    assert found(engine, waits, x=[1, 1, None, 1, 1]) == []


def test_thresholds_by_kind_of_account(engine: Engine) -> None:
    least = {"otherwise": 3, "cases": [{"when": "mrr > 100", "value": 8}]}
    one = one_signal(when="x < least", thresholds={"least": least})
    days = sundays(1)
    accounts = {"a": {"x": [5], "mrr": [500]}, "b": {"x": [5], "mrr": [50]}, "c": {"x": [5]}}
    large = history(engine, [one], accounts, days)
    assert [f["account_id"] for f in rows(engine, large)] == ["a"]


def test_a_combination_looks_at_open_findings(engine: Engine) -> None:
    base = one_signal(until="x > 5")
    other = one_signal(signal="t", when="y > 0", evidence="{y}")
    both = one_signal(signal="both", when="s and t")
    calm = one_signal(signal="calm", when="s and not t")
    listed = found(engine, [base, other, both, calm], x=[1, 4, 4, 6, 1], y=[0, 1, None, 1, None])
    by_signal = {n: spans([f for f in listed if f["signal"] == n], 5) for n in ("both", "calm")}
    assert by_signal == {"both": [(1, 3), (4, None)], "calm": [(0, 1)]}


def test_a_score_that_falls_is_measured_against_the_stored_day_before(engine: Engine) -> None:
    days = sundays(6)
    scores = pa.table({
        "account_id": ["a"] * 6, "as_of": pa.array(days, pa.date32()), "dial": ["health"] * 6,
        "score": [80.0, 80, 80, 80, 60, 60], "band": ["healthy"] * 4 + ["neutral"] * 2, "coverage": [1.0] * 6,
    })
    one = one_signal(when="score_change_28d <= -20", evidence="{score}")
    fell = rows(engine, history(engine, [one], {"a": {}}, days, scores))
    assert spans(fell, 6) == [(4, None)]


def test_evidence_is_kept_for_the_opening_and_the_last_day(engine: Engine) -> None:
    days = sundays(4)
    made = history(engine, [one_signal()], {"a": {"x": [5, 1, 2, 5]}}, days)
    kept = [(r["as_of"], r["name"], r["value"]) for r in engine.arrow(made.evidence).to_pylist()]
    assert kept == [(days[1], "x", 1.0), (days[2], "x", 2.0)]


def test_an_account_that_is_gone_ends_its_findings(engine: Engine) -> None:
    days = sundays(3)
    frame = {"a": {"x": [1, 1, 1]}, "b": {"x": [1, 1, 1]}}
    table, wide = frame_table(frame, days)
    table = table.filter(pc.or_(pc.equal(table["account_id"], "a"), pc.less(table["as_of"], days[2])))
    definitions = replace(builtin(), signals={"s": one_signal()})
    period = Period(definitions, engine.frame(table), engine.frame(wide), engine.frame(no_scores()))
    listed = rows(engine, signal_history(engine, [period], days))
    assert {f["account_id"]: f["cleared_on"] for f in listed} == {"a": None, "b": days[2]}


def walked(values: list[float | None], opens: float, ends: float, cool_down: int) -> list[tuple[int, int | None]]:
    """The same rule, walked day by day by hand."""
    spans: list[list[int | None]] = []
    is_open, last = False, None
    for n, value in enumerate(values):
        before = is_open
        if value is not None and value > ends:
            is_open = False
        elif value is not None and value < opens:
            is_open = True
        if is_open and not before:
            if spans and last is not None and (n - last) * 7 <= cool_down:
                spans[-1][1] = None
            else:
                spans.append([n, None])
        if before and not is_open:
            spans[-1][1] = n
        last = n if is_open else last
    return [(a, b) for a, b in spans if a is not None]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(0, 6)), min_size=9, max_size=9), min_size=1, max_size=30),
    st.sampled_from([0, 7, 14, 28]),
)
def test_equals_a_walk_day_by_day(engine: Engine, many: list[list[float | None]], cool_down: int) -> None:
    one = one_signal(until="x > 4", cool_down=f"{cool_down}d")
    accounts = {f"{n:03}": {"x": values} for n, values in enumerate(many)}
    listed = rows(engine, history(engine, [one], accounts, sundays(9)))
    for name, series in accounts.items():
        mine = [f for f in listed if f["account_id"] == name]
        assert spans(mine, 9) == walked(list(series["x"]), 3, 4, cool_down), name
