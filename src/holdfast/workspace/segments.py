"""Segments and tiers of all accounts: tier with its service, usage pattern, overdue touches, risk that is not over."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from holdfast.definitions.bundle import Definitions
from holdfast.evaluate.steps import plain
from holdfast.portfolio import tiers
from holdfast.portfolio.migration import (
    at_risk_since,
    matrix_movement,
    migrations,
    risk_moves,
    upgrade_candidates,
)
from holdfast.signals.available import names_needed

from .accounts import accounts
from .placement import Placed, placed
from .published import Published
from .user_segments import all_user_segments, by_name, totals

Rows = list[dict[str, Any]]
BACK = 30


def segments(published: Published, owner: str | None) -> dict[str, Any]:
    """Every scored account with its tier, pattern and overdue touches; and the sums over tiers and owners."""
    definitions, service = published.site.definitions, published.site.definitions.service
    everybody = accounts(published, None, owner, None, "known")
    names = {row["account_id"]: row["name"] for row in everybody}
    listed = [row for row in everybody if row["scored"]]
    chosen = {row["account_id"] for row in listed}
    metrics = {r["account_id"]: r for r in published.read("metrics", days=[published.as_of]).to_pylist()}
    found, risk = _placed(published), _risk(published)
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
            "overdue": tiers.overdue(tier, known),
            "at_risk_since": plain(at_risk_since(risk.get(row["account_id"], []))),
            "users": None if not users else by_name(users[row["account_id"]]),
        })
    cuts = {name: cut for card in definitions.scorecards.values() if card.dial == "tier"
            for name, cut in card.bands.items() if cut > 0}
    day = published.as_of - timedelta(days=BACK)
    before = published.read("frame", days=[day]).to_pylist()
    now = published.read("frame", days=[published.as_of]).to_pylist()
    today, then = ([r for r in part if owner is None or r["account_id"] in names] for part in (now, before))
    near = tiers.near(rows, service, cuts)
    return {
        "company": definitions.settings.company, "currency": definitions.settings.currency,
        "as_of": published.as_of.isoformat(),
        "tiers": tiers.by_tier(rows, service),
        "patterns": _counts(rows, "pattern", {p.pattern: p.label for p in definitions.usage_patterns}),
        "behaviours": _counts(rows, "behaviour", {b.behaviour: b.label for b in definitions.behaviours}),
        "lifecycle": _counts(rows, "lifecycle", {one.stage: one.label for one in definitions.lifecycle}),
        "users": totals((users[a] for a in sorted(chosen)), definitions) if users else None,
        "not_computable": _lacking(definitions, [metrics.get(a, {}) for a in sorted(chosen)], bool(users)),
        "matrix": tiers.matrix(rows),
        "load": tiers.load(rows, service),
        "near": near,
        "upgrade_candidates": upgrade_candidates(rows, near, metrics),
        "migrations": migrations(today, then, risk, day, names),
        "matrix_movement": matrix_movement(_scored(published, published.as_of, names), _scored(published, day, names))
        if before else None,
        "movement": tiers.movement(today, then) if before else None,
        "movement_since": day.isoformat() if before else None,
        "accounts": rows,
    }


def _placed(published: Published) -> Placed:
    day = [published.as_of]
    given = {key: published.read(name, days=day)
             for key, name in (("frame", "frame"), ("wide", "metrics"), ("scores", "scores"))}
    return placed(published.site.engine, published.site.definitions, given)


def _lacking(definitions: Definitions, metrics: Sequence[Mapping[str, Any]], users: bool) -> Rows:
    """Patterns, behaviours and touches that can be told of no account, with the metrics that none of them has."""
    known = {name for row in metrics for name, value in row.items() if value is not None}
    asked = [("usage pattern", one.label, names_needed(one.when)) for one in definitions.usage_patterns]
    asked += [("behaviour", one.label, names_needed(one.when)) for one in definitions.behaviours]
    asked += [("touch", what, frozenset({metric})) for _, metric, what in tiers.TOUCHES]
    found = []
    for kind, label, names in asked:
        lacking = sorted(definitions.metrics[n].label for n in names - known if n in definitions.metrics)
        if lacking:
            found.append({"kind": kind, "label": label, "why": f"known of no account: {', '.join(lacking)}"})
    return found if users else [*found, {"kind": "user segment", "label": "all", "why": "no stored event names a user"}]


def _counts(rows: Rows, what: str, labels: Mapping[str, str]) -> Rows:
    return [
        {what: name, "label": label, "accounts": len(mine), "arr": sum(r["arr"] or 0.0 for r in mine)}
        for name, label in [*labels.items(), (None, "Unknown")]
        if (mine := [r for r in rows if r[what] == name]) or name is not None
    ]


def _risk(published: Published) -> dict[str, list[tuple[str, date]]]:
    """Account -> when it came into risk and out of it, over the stored days."""
    scores = published.read("scores", columns=("account_id", "as_of", "dial", "score"))
    courses: dict[str, list[tuple[date, float]]] = {}
    for row in scores.to_pylist():
        if row["dial"] == "health" and row["score"] is not None:
            courses.setdefault(row["account_id"], []).append((row["as_of"], row["score"]))
    return {account: moves for account, course in courses.items() if (moves := risk_moves(sorted(course)))}


def _scored(published: Published, day: date, chosen: Container[str]) -> Rows:
    """account_id, arr and score of the scored accounts of a stored day, among ``chosen``."""
    scores = {row["account_id"]: row["score"] for row in published.read("scores", days=[day]).to_pylist()
              if row["dial"] == "health"}
    return [{"account_id": row["account_id"], "arr": row["arr"], "score": scores.get(row["account_id"])}
            for row in published.read("frame", days=[day]).to_pylist() if row["scored"] and row["account_id"] in chosen]
