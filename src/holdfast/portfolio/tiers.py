"""Accounts by service tier: who gets which service, what is overdue, how loaded people are, who moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.definitions.service_tier import ServiceTier

Rows = list[dict[str, Any]]
HIGH_VALUE, HEALTHY_FROM = 25_000, 60
"""From this revenue a year an account counts as of high value, from this score as healthy, in the matrix."""
STRATEGY: Mapping[tuple[bool, bool], str] = {
    (True, True): "expand, and ask for references", (True, False): "save, with executives",
    (False, True): "self-serve, and an upgrade path", (False, False): "weigh the effort; save by digital means",
}
NEAR = 0.1
"""Accounts within this share below a threshold of revenue are near it; tier scores within NEAR_POINTS."""
NEAR_POINTS = 5.0
THRESHOLDS = (("smb", 5_000), ("mid_market", 25_000), ("enterprise", 100_000))
TOUCHES = (("outreach_days", "days_since_two_way_contact", "outreach"),
           ("review_days", "days_since_review", "review"),
           ("executive_days", "executive_contact_days", "executive contact"))


def assigned(row: Mapping[str, Any], service: Sequence[ServiceTier]) -> tuple[ServiceTier | None, str]:
    """The tier of an account, and whether it comes from the tier score or, while that is unknown, from revenue."""
    by_name, by_value = {s.tier: s for s in service}, {s.value_tier: s for s in service}
    band = (row["dials"].get("tier") or {}).get("band")
    if band in by_name:
        return by_name[band], "tier score"
    found = by_value.get(row["value_tier"])
    return found, "revenue" if found else "unknown"


def overdue(tier: ServiceTier | None, metrics: Mapping[str, Any]) -> Rows:
    """Touches that the tier promises and that are late; what was never recorded is not late but unknown."""
    found = []
    for limit, metric, what in TOUCHES:
        allowed = getattr(tier, limit) if tier is not None else None
        days = metrics.get(metric)
        if allowed is not None and days is not None and days > allowed:
            found.append({"touch": what, "days": days, "allowed": allowed})
    return found


def by_tier(rows: Rows, service: Sequence[ServiceTier]) -> Rows:
    """Customers, revenue, mean health and overdue touches of each tier; the accounts without one last."""
    made = []
    for one in [*service, None]:
        mine = [row for row in rows if row["tier"] == (one.tier if one else None)]
        scores = [row["score"] for row in mine if row["score"] is not None]
        owned = [row["owner"] for row in mine if row["owner"] is not None]
        owners = set(owned)
        made.append({
            "tier": one.tier if one else None, "label": one.label if one else "Unknown", "accounts": len(mine),
            "arr": sum(row["arr"] or 0.0 for row in mine), "health": sum(scores) / len(scores) if scores else None,
            "with_score": len(scores), "owners": len(owners), "per_owner": len(owned) / len(owners) if owners else None,
            "overdue": sum(bool(row["overdue"]) for row in mine),
            "service": one.model_dump(exclude={"tier", "label"}) if one else None,
        })
    return made if made[-1]["accounts"] else made[:-1]


def matrix(rows: Sequence[Mapping[str, Any]]) -> Rows:
    """Value against health: four cells with a strategy, and the accounts of which one of the two is unknown."""
    cells: dict[tuple[bool, bool] | None, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        known = row["arr"] is not None and row["score"] is not None
        cells[(row["arr"] >= HIGH_VALUE, row["score"] >= HEALTHY_FROM) if known else None].append(row)
    made: Rows = [
        {"value": "high" if high else "low", "health": "high" if well else "low", "strategy": strategy,
         **_sums(cells[high, well])}
        for (high, well), strategy in STRATEGY.items()
    ]
    return [*made, {"value": None, "health": None, "strategy": "find out what is missing", **_sums(cells[None])}]


def _sums(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"accounts": len(rows), "arr": sum(row["arr"] or 0.0 for row in rows)}


def load(rows: Rows, service: Sequence[ServiceTier]) -> Rows:
    """For each owner the accounts by tier, and the share of a working person that they take, the fullest first."""
    weight = {one.tier: 1 / one.accounts_per_csm for one in service}
    owners: dict[str | None, Rows] = defaultdict(list)
    for row in rows:
        owners[row["owner"]].append(row)
    made = []
    for owner, mine in owners.items():
        counts: dict[str, int] = defaultdict(int)
        for row in mine:
            counts[row["tier"] or "unknown"] += 1
        full = sum(weight.get(row["tier"], 0.0) for row in mine)
        made.append({"owner": owner, "accounts": len(mine), "tiers": dict(counts), "load": full, "over": full > 1})
    return sorted(made, key=lambda one: (-one["load"], one["owner"] or ""))


def near(rows: Rows, service: Sequence[ServiceTier], cuts: Mapping[str, float]) -> Rows:
    """Accounts just below the next threshold of revenue or tier score."""
    made = []
    for row in rows:
        arr = row["arr"]
        for name, least in THRESHOLDS:
            if arr is not None and least * (1 - NEAR) <= arr < least:
                made.append({"account_id": row["account_id"], "name": row["name"], "next": name, "by": "revenue",
                             "now": arr, "threshold": least})
        score = row["tier_score"]
        for name, cut in cuts.items():
            if score is not None and cut - NEAR_POINTS <= score < cut:
                made.append({"account_id": row["account_id"], "name": row["name"], "next": name, "by": "tier score",
                             "now": score, "threshold": cut})
    return sorted(made, key=lambda one: (one["by"], one["account_id"]))


def movement(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> Rows:
    """Value tiers against the earlier day, among customers: upgraded, downgraded, churned, new, the rest; with revenue.

    ``arr_change`` sums the change of revenue of those accounts; each customer of either day counts once.
    """
    order = {"starter": 0, "smb": 1, "mid_market": 2, "enterprise": 3}
    then = {r["account_id"]: r for r in before if r["active_subscriptions"]}
    today = {r["account_id"]: r for r in now if r["active_subscriptions"]}
    kinds: dict[str, list[float]] = {k: [] for k in ("upgraded", "downgraded", "churned", "new", "stayed", "unknown")}
    for account in sorted({*then, *today}):
        old, new = then.get(account), today.get(account)
        change = float((new or {}).get("arr") or 0) - float((old or {}).get("arr") or 0)
        kinds[_kind(old, new, order)].append(change)
    return [{"kind": kind, "accounts": len(found), "arr_change": sum(found)} for kind, found in kinds.items()]


def _kind(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, order: Mapping[str, int]) -> str:
    if old is None or new is None:
        return "new" if old is None else "churned"
    if old["value_tier"] not in order or new["value_tier"] not in order:
        return "unknown"
    step = order[new["value_tier"]] - order[old["value_tier"]]
    return "upgraded" if step > 0 else "downgraded" if step < 0 else "stayed"
