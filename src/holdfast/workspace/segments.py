"""Segments and tiers of all accounts: tier with its service, usage pattern, overdue touches, risk that is not over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from holdfast.portfolio import tiers

from .accounts import accounts
from .placement import Placed, placed
from .published import Published
from .user_segments import all_user_segments, by_name, totals

Rows = list[dict[str, Any]]
BACK = 30
FLAGGED_BELOW, RESTORED_ABOVE, RESTORED_DAYS = 40, 60, 60
"""An account is at risk from a score below 40 until all stored scores of 60 days lie above 60."""


def segments(published: Published, owner: str | None) -> dict[str, Any]:
    """Every scored account with its tier, pattern and overdue touches; and the sums over tiers and owners."""
    definitions, service = published.site.definitions, published.site.definitions.service
    listed = [row for row in accounts(published, None, owner, None, "known") if row["scored"]]
    chosen = {row["account_id"] for row in listed}
    metrics = {r["account_id"]: r for r in published.read("metrics", days=[published.as_of]).to_pylist()}
    found, flagged = _placed(published), _flagged(published)
    users = all_user_segments(published)
    rows = []
    for row in listed:
        tier, by = tiers.assigned(row, service)
        known = metrics.get(row["account_id"], {})
        rows.append({
            **{k: row[k] for k in ("account_id", "name", "owner", "score", "band", "arr", "value_tier", "segment",
                                  "lifecycle")},
            "tier": tier.tier if tier else None, "tier_by": by,
            "tier_score": (row["dials"].get("tier") or {}).get("score"),
            **found.get(row["account_id"], {"pattern": None, "behaviour": None}),
            "overdue": tiers.overdue(tier, {**known, "days_since_review": known.get("days_since_meeting")}),
            "at_risk_since": flagged.get(row["account_id"]),
            "users": None if users is None else by_name(users[row["account_id"]]),
        })
    cuts = {name: cut for card in definitions.scorecards.values() if card.dial == "tier"
            for name, cut in card.bands.items() if cut > 0}
    before = published.read("frame", days=[published.as_of - timedelta(days=BACK)]).to_pylist()
    now = published.read("frame", days=[published.as_of]).to_pylist()
    mine = [[r for r in part if owner is None or r["account_id"] in chosen] for part in (now, before)]
    return {
        "company": definitions.settings.company, "currency": definitions.settings.currency,
        "as_of": published.as_of.isoformat(),
        "tiers": tiers.by_tier(rows, service),
        "patterns": _counts(rows, "pattern", {p.pattern: p.label for p in definitions.usage_patterns}),
        "behaviours": _counts(rows, "behaviour", {b.behaviour: b.label for b in definitions.behaviours}),
        "lifecycle": _counts(rows, "lifecycle", {one.stage: one.label for one in definitions.lifecycle}),
        "users": None if users is None else totals((users[a] for a in sorted(chosen)), definitions),
        "matrix": tiers.matrix(rows),
        "load": tiers.load(rows, service),
        "near": tiers.near(rows, service, cuts),
        "movement": tiers.movement(*mine) if before else None,
        "movement_since": (published.as_of - timedelta(days=BACK)).isoformat() if before else None,
        "accounts": rows,
    }


def _placed(published: Published) -> Placed:
    day = [published.as_of]
    given = {key: published.read(name, days=day)
             for key, name in (("frame", "frame"), ("wide", "metrics"), ("scores", "scores"))}
    return placed(published.site.engine, published.site.definitions, given)


def _counts(rows: Rows, what: str, labels: Mapping[str, str]) -> Rows:
    return [
        {what: name, "label": label, "accounts": len(mine), "arr": sum(r["arr"] or 0.0 for r in mine)}
        for name, label in [*labels.items(), (None, "Unknown")]
        if (mine := [r for r in rows if r[what] == name]) or name is not None
    ]


def _flagged(published: Published) -> dict[str, str]:
    """Account -> since when it is at risk, for those that are not restored by the published day."""
    scores = published.read("scores", columns=("account_id", "as_of", "dial", "score"))
    courses: dict[str, list[tuple[date, float]]] = {}
    for row in scores.to_pylist():
        if row["dial"] == "health" and row["score"] is not None:
            courses.setdefault(row["account_id"], []).append((row["as_of"], row["score"]))
    found = {account: at_risk_since(sorted(course)) for account, course in courses.items()}
    return {account: since.isoformat() for account, since in found.items() if since is not None}


def at_risk_since(course: list[tuple[date, float]]) -> date | None:
    """Since when the newest day of a course of scores is at risk; None where it is not.

    >>> at_risk_since([(date(2026, 1, 4), 35.0), (date(2026, 1, 11), 70.0), (date(2026, 3, 1), 70.0)])
    datetime.date(2026, 1, 4)
    >>> at_risk_since([(date(2026, 1, 4), 35.0), (date(2026, 1, 11), 70.0), (date(2026, 3, 15), 70.0)]) is None
    True
    """
    since: date | None = None
    good_from: date | None = None
    for day, score in course:
        good_from = (good_from or day) if score > RESTORED_ABOVE else None
        if score < FLAGGED_BELOW:
            since = since or day
        elif good_from is not None and (day - good_from).days >= RESTORED_DAYS:
            since = None
    return since
