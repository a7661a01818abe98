"""The explanation of one account: sums, order, drivers, reasons that are true of the row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from holdfast.scoring.explain_account import Medians, explain_account
from holdfast.scoring.inputs import names_used
from holdfast.scoring.medians import own_medians, segment_medians
from holdfast.scoring.model import Model
from holdfast.scoring.reference import NONE
from holdfast.scoring.states import states_on

LINE = {"linear": {"from_": 0, "to": 1}}


def workplace(bench):
    card = bench.card(
        {
            "usage": {"use": {"weight": 50, "score": LINE}, "depth": {"weight": 20, "score": LINE}},
            "support": {"open_tickets": {"weight": 30, "score": {"linear": {"from_": 10, "to": 0}}}},
        },
        scorecard="main",
        limits=[{"cap": 60, "when": "open_tickets >= 4", "why": "too many open", "expires": "30d"}],
    )
    metrics = {
        "use": bench.metric("use", label="Seats in use", unit="share"),
        "depth": bench.metric("depth", label="Depth"),
        "open_tickets": bench.metric("open_tickets", label="Open tickets", record="ticket", window=None),
    }
    rows = [
        {"account_id": f"peer{i}", "use": 0.6, "depth": 0.5, "open_tickets": 1.0, "segment": "smb"} for i in range(6)
    ]
    rows.append({"account_id": "me", "use": 0.9, "depth": None, "open_tickets": 4.0, "segment": "smb"})
    return [card], metrics, bench.tables(rows, {"event": bench.day, "ticket": bench.day}, frame=["segment"])


def explained(bench, frame, values, cards, metrics, past=None):
    """The document of the account "me" among the others."""
    state = states_on(bench.day, frame, values, cards, metrics).of("me")
    names = names_used(cards) & set(metrics)
    own = {} if past is None else own_medians(past.filter(past.account_id == "me").to_pyarrow(), names)
    medians = Medians(segment_medians(frame, values.wide, names).get(state.traits["segment"], {}), own)
    return explain_account("me", state, Model(cards, NONE, metrics), medians)


@pytest.fixture(scope="module")
def document(bench):
    cards, metrics, (frame, values) = workplace(bench)
    past_rows = [
        {"account_id": "me", "as_of": bench.day - timedelta(7 * i), "use": 0.3, "depth": 0.5, "open_tickets": 4.0}
        for i in range(1, 8)
    ]
    past = bench.tables(past_rows, {"event": bench.day})[1].wide
    return explained(bench, frame, values, cards, metrics, past)


def test_everything_adds_up(document):
    contributions = sum(c["contribution"] for c in document["components"])
    adjustments = sum(a["amount"] for a in document["adjustments"])
    assert document["score"] == pytest.approx(contributions + adjustments, abs=1e-9)
    for part in document["components"]:
        assert part["contribution"] == pytest.approx(sum(m["points"] for m in part["metrics"]), abs=1e-9)
    assert document["score"] == 60.0


def test_the_keys_of_the_contract_are_there(document):
    assert {
        "account_id",
        "as_of",
        "clock",
        "score",
        "band",
        "color",
        "coverage",
        "bounds",
        "scorecard",
        "components",
        "adjustments",
        "drivers",
    } <= set(document)
    assert set(document["scorecard"]) >= {"name", "version", "why"}
    assert document["scorecard"]["why"] == "the only scorecard"
    metric = document["components"][0]["metrics"][0]
    assert {
        "metric",
        "value",
        "unit",
        "window",
        "score",
        "weight",
        "weight_effective",
        "points",
        "missing",
        "as_of",
        "rows",
        "batches",
    } <= set(metric)
    assert [c["name"] for c in document["components"]] == ["usage", "support"]


def test_drivers_compare_with_the_segment_and_the_own_past(document):
    up, down = document["drivers"]["up"], document["drivers"]["down"]
    assert [d["metric"] for d in up] == ["use"]
    assert up[0]["amount"] == pytest.approx(70 * 0.3)
    assert up[0]["against_own"] == pytest.approx(70 * 0.6)
    assert up[0]["text"] == "Seats in use: 90%; segment median 60%; +21.0"
    assert [(d["metric"], pytest.approx(d["amount"])) for d in down] == [("open_tickets", -9.0)]
    assert down[0]["against_own"] == 0.0


def test_reasons_are_short_and_true(document):
    texts = [r["text"] for r in document["reasons"]]
    assert texts[0] == "Cap at 60: too many open"
    assert "Open tickets: 4" in texts
    assert all(len(t) <= 60 for t in texts)


def test_limits_say_what_holds(document):
    assert [(x["kind"], x["at"], x["binds"], x["held_since"]) for x in document["limits"]] == [
        ("cap", 60.0, True, None)
    ]


def test_a_withheld_score_names_what_is_missing(bench):
    cards, metrics, (frame, values) = workplace(bench)
    frame = frame.filter(frame.account_id == "me")
    values = type(values)(wide=values.wide.mutate(use=values.wide.use.nullif(0.9)), covered=values.covered)
    found = explained(bench, frame, values, cards, metrics)
    assert (found["score"], found["band"], found["color"]) == (None, "not_enough_data", "none")
    assert [r["text"] for r in found["reasons"]] == [
        "Under 50% of the weight has fresh data",
        "Seats in use: no value",
        "Depth: no value",
    ]
    assert found["bounds"]["low"] < found["bounds"]["high"]


def test_a_segment_of_one_gives_no_medians_and_no_drivers(bench):
    cards, metrics, (frame, values) = workplace(bench)
    alone = frame.mutate(segment=(frame.account_id == "me").ifelse("own", "smb"))
    found = explained(bench, alone, values, cards, metrics)
    assert found["drivers"] == {"up": [], "down": []}
    assert {m["segment_median"] for c in found["components"] for m in c["metrics"]} == {None}
