"""What cannot be told: by the workspace, because a record is missing; for an account, with the reason."""

from __future__ import annotations

from tests.signals.frames import one_signal

from holdfast.definitions.load import builtin
from holdfast.records import READABLE
from holdfast.signals.available import missing_records, needs, rests_on_roles, unknown_names

METRICS = builtin().metrics


def lacking(when: str, loaded: set[str], **others: str) -> tuple[str, ...]:
    signals = {name: one_signal(signal=name, when=text) for name, text in {"s": when, **others}.items()}
    return missing_records(signals["s"], signals, METRICS, loaded)


def test_each_way_in_which_a_condition_can_hold_counts() -> None:
    assert lacking("nps_latest < 7", {"ticket"}) == ("survey_response",)
    assert lacking("nps_latest < 7 or open_tickets > 3", {"ticket"}) == ()
    assert lacking("nps_latest < 7 and open_tickets > 3", {"ticket"}) == ("survey_response",)
    assert lacking("open_tickets > 3 and coalesce(nps_latest, 0) < 7", {"ticket"}) == ()
    assert lacking("open_tickets > 3 and (nps_latest is null or nps_latest < 7)", {"ticket"}) == ()


def test_a_signal_over_signals_needs_what_they_need() -> None:
    assert lacking("t and arr > 5", set(), t="open_tickets > 3") == ("ticket",)
    assert lacking("t or u", {"ticket"}, t="open_tickets > 3", u="nps_latest < 7") == ()


def test_with_every_record_all_built_in_signals_can_be_told_and_with_none_few() -> None:
    signals = builtin().signals
    told = {n for n, one in signals.items() if not missing_records(one, signals, METRICS, set(READABLE))}
    assert told == set(signals)
    bare = {n for n, one in signals.items() if not missing_records(one, signals, METRICS, {"account"})}
    assert {"health_critical", "health_at_risk", "score_falls"} <= bare
    assert not bare & {"usage_decline", "champion_left", "competitor_seen", "struggling"}


def test_names_without_a_value_are_told_thresholds_are_not() -> None:
    one = one_signal(when="x < least and (y > 1 or z > 1)", thresholds={"least": {"otherwise": 3}})
    assert unknown_names(one, {"x": None, "y": 1.0}, ()) == ("x",)
    assert unknown_names(one, {"x": 2.0, "z": 1.0}, ()) == ()
    assert len(needs(one.when)) == 2


def test_which_metrics_look_at_roles() -> None:
    assert {n for n in ("has_sponsor", "champion_departed_days", "champion_idle_days") if rests_on_roles(n, METRICS)} \
        == {"has_sponsor", "champion_departed_days", "champion_idle_days"}
    assert not rests_on_roles("open_tickets", METRICS)
