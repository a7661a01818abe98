"""Segments of the small company: every scored account is in each table once."""

from __future__ import annotations

from pathlib import Path

import holdfast
from holdfast.definitions.load import builtin
from holdfast.workspace.documents import SEGMENTS
from holdfast.workspace.segments import _lacking


def by_hand(score: float | None, known: dict[str, float | None]) -> str | None:
    """The behaviour by its words, for workspaces without the dial risk; None from the first thing not known."""
    decline, share, days = (known[k] for k in ("usage_decline_effect", "seats_active_share", "active_days_30d"))
    if score is None or score < 50:
        return None if score is None else "at_risk"
    if decline is None or decline <= -0.25:
        return None if decline is None else "declining"
    happy, rising = (known["nps_latest"] or 0) >= 9, (known["seats_change_90d"] or 0) > 0.05 or decline >= 0.15
    skilled = (known["advanced_adoption"] or 0) >= 0.5
    if share is None and (happy or (skilled and not rising)):
        return None
    if share is not None and share >= 0.6 and happy:
        return "champions"
    if rising:
        return "expanding"
    if share is not None and share >= 0.6 and skilled:
        return "power"
    return None if days is None else "light_touch" if days < 8 else "steady"


def test_tables_sum_to_the_scored_accounts(small_company: Path) -> None:
    site = holdfast.open(small_company)
    document = site.segments()
    assert set(document) == set(SEGMENTS)
    scored = [row for row in site.accounts() if row["scored"]]
    assert {row["account_id"] for row in document["accounts"]} == {row["account_id"] for row in scored}
    for name in ("tiers", "patterns", "behaviours", "lifecycle", "matrix", "load"):
        assert sum(row["accounts"] for row in document[name]) == len(scored), name
    for name in ("tiers", "patterns", "behaviours", "lifecycle", "matrix"):
        assert round(sum(row["arr"] for row in document[name])) == round(sum(row["arr"] or 0 for row in scored)), name
    assert {row["behaviour"] for row in document["behaviours"]} >= {one.behaviour for one in builtin().behaviours}
    stored = site.published.read("metrics", days=[site.published.as_of]).to_pylist()
    metrics = {row["account_id"]: row for row in stored}
    scores = {row["account_id"]: row["score"] for row in scored}
    for row in document["accounts"]:
        assert row["behaviour"] == by_hand(scores[row["account_id"]], metrics[row["account_id"]]), row["account_id"]
    first = document["accounts"][0]
    placement = site.account(first["account_id"]).document["placement"]
    for name in ("pattern", "behaviour"):
        assert (placement[name] or {}).get(name) == first[name]
    assert {row["pattern"] for row in document["patterns"]} >= {one.pattern for one in builtin().usage_patterns}
    owner = scored[0]["owner"]
    mine = site.segments(owner=owner)["accounts"]
    assert mine
    assert {row["owner"] for row in mine} == {owner}


def test_what_nobody_has_a_value_for_is_said_with_its_reason() -> None:
    shipped = builtin()
    names = {n for one in (*shipped.usage_patterns, *shipped.behaviours) for n in one.when.names}
    known = dict.fromkeys([*names, "days_since_two_way_contact", "days_since_review", "executive_contact_days"], 1.0)
    assert _lacking(shipped, [known], True) == []
    bare = {**known, "top_user_share": None}
    assert [(row["kind"], row["label"]) for row in _lacking(shipped, [bare, bare], False)] == [
        ("usage pattern", "Concentrated"), ("user segment", "all")]
    assert _lacking(shipped, [bare, known], True) == []
