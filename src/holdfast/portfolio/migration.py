"""Who moved between tiers, between cells of value and health, in and out of risk; and what each move asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from .tiers import HEALTHY_FROM, HIGH_VALUE, STRATEGY

Rows = list[dict[str, Any]]
Row = Mapping[str, Any]
TIERS = ("starter", "smb", "mid_market", "enterprise")
FLAGGED_BELOW, RESTORED_ABOVE, RESTORED_DAYS = 40, 60, 60
"""An account is at risk from a score below 40 until all stored scores of 60 days lie above 60."""
TRIGGERS: Mapping[str, tuple[str, str, str]] = MappingProxyType({
    "to_smb": ("revenue of 5,000 a year or more", "at once", "give it the service of its tier"),
    "to_mid_market": ("revenue of 25,000 a year or more", "at once", "assign a CSM"),
    "to_enterprise": ("revenue of 100,000 a year or more", "after a review by hand", "assign a CSM of its own"),
    "downgraded": ("revenue below the threshold of its tier", "at the next renewal", "agree on the smaller service"),
    "flagged": ("score below 40", "at once", "run the playbook of the gravest finding"),
    "restored": ("score above 60 for 60 days", "at once", "go back to the usual service"),
    "churned": ("no contract any more", "after a review by hand", "ask why, and decide whether to win it back"),
})
"""Trigger -> when it holds, how it is carried out, and what to do."""
FULL_SEATS = 0.9
"""From this share of active seats an account is near to needing more."""


def migrations(now: Sequence[Row], before: Sequence[Row], risk: Mapping[str, Sequence[tuple[str, date]]], since: date,
               names: Mapping[str, str]) -> Rows:
    """Moves since a day, each with its trigger: value tiers of customers, and risk that began or ended.

    ``risk`` gives the moves of ``risk_moves`` by account, ``names`` the accounts that are listed.
    """
    then = {r["account_id"]: r for r in before if r["active_subscriptions"]}
    today = {r["account_id"]: r for r in now if r["active_subscriptions"]}
    found: Rows = []
    for account, old in then.items():
        new = today.get(account)
        trigger = "churned" if new is None else _step(old["value_tier"], new["value_tier"])
        if trigger is not None:
            change = float((new or {}).get("arr") or 0) - float(old["arr"] or 0)
            to = new["value_tier"] if new else None
            found.append(_move(account, trigger, None, old["value_tier"], to, change))
    for account, moves in risk.items():
        for trigger, day in moves:
            if day > since:
                ends = ("", "at_risk") if trigger == "flagged" else ("at_risk", "healthy")
                found.append(_move(account, trigger, day, ends[0] or None, ends[1], None))
    listed = [{**row, "name": names[row["account_id"]]} for row in found if row["account_id"] in names]
    order = list(TRIGGERS)
    return sorted(listed, key=lambda r: (order.index(r["trigger"]), r["account_id"], r["on"] or ""))


def _step(old: str | None, new: str | None) -> str | None:
    if old not in TIERS or new not in TIERS or old == new:
        return None
    return f"to_{new}" if TIERS.index(str(new)) > TIERS.index(str(old)) else "downgraded"


def _move(account: str, trigger: str, on: date | None, old: str | None, new: str | None, change: float | None
          ) -> dict[str, Any]:
    when, how, action = TRIGGERS[trigger]
    return {"account_id": account, "trigger": trigger, "when": when, "how": how, "action": action,
            "on": on.isoformat() if on else None, "from": old, "to": new, "arr_change": change}


def risk_moves(course: Sequence[tuple[date, float]]) -> list[tuple[str, date]]:
    """The days on which an account came into risk (``flagged``) and out of it (``restored``), in order.

    >>> risk_moves([(date(2026, 1, 4), 35.0), (date(2026, 1, 11), 70.0), (date(2026, 3, 1), 70.0)])
    [('flagged', datetime.date(2026, 1, 4))]
    >>> risk_moves([(date(2026, 1, 4), 35.0), (date(2026, 1, 11), 70.0), (date(2026, 3, 15), 70.0)])[1]
    ('restored', datetime.date(2026, 3, 15))
    """
    found: list[tuple[str, date]] = []
    flagged = False
    good_from: date | None = None
    for day, score in course:
        good_from = (good_from or day) if score > RESTORED_ABOVE else None
        if score < FLAGGED_BELOW and not flagged:
            found.append(("flagged", day))
            flagged = True
        elif flagged and good_from is not None and (day - good_from).days >= RESTORED_DAYS:
            found.append(("restored", day))
            flagged = False
    return found


def at_risk_since(moves: Sequence[tuple[str, date]]) -> date | None:
    """Since when an account is at risk, where its last move was into it."""
    return moves[-1][1] if moves and moves[-1][0] == "flagged" else None


def matrix_movement(now: Sequence[Row], before: Sequence[Row]) -> Rows:
    """Accounts by the cell of value and health on two days, where either is another; with what the new cell asks for.

    ``now`` and ``before`` hold account_id, arr and score of the scored accounts; ``arr`` is that of the later day,
    else of the earlier. A cell is null where revenue or score is not known, ``gone`` or ``new`` where not scored.
    """
    then, today = ({r["account_id"]: r for r in rows} for rows in (before, now))
    cells: dict[tuple[str | None, str | None], Rows] = defaultdict(list)
    for account in sorted({*then, *today}):
        old = cell(then[account]) if account in then else "new"
        new = cell(today[account]) if account in today else "gone"
        if old != new:
            cells[old, new].append({"account_id": account, "arr": (today.get(account) or then[account])["arr"]})
    return [
        {"from": old, "to": new, "accounts": len(rows), "arr": sum(float(r["arr"] or 0) for r in rows),
         "strategy": _strategy(new), "account_ids": [r["account_id"] for r in rows]}
        for (old, new), rows in sorted(cells.items(), key=lambda item: (item[0][0] or "", item[0][1] or ""))
    ]


def cell(row: Row) -> str | None:
    """The cell of an account in value against health; None where one of the two is not known.

    >>> cell({"arr": 30_000, "score": 55.0}), cell({"arr": 100, "score": None})
    ('high_value_low_health', None)
    """
    if row["arr"] is None or row["score"] is None:
        return None
    value = "high" if row["arr"] >= HIGH_VALUE else "low"
    return f"{value}_value_{'high' if row['score'] >= HEALTHY_FROM else 'low'}_health"


def _strategy(name: str | None) -> str:
    for (high, well), words in STRATEGY.items():
        if name == f"{'high' if high else 'low'}_value_{'high' if well else 'low'}_health":
            return words
    return {"gone": "ask why, and decide whether to win it back"}.get(name or "", "find out what is missing")


def upgrade_candidates(rows: Sequence[Row], near: Sequence[Row], metrics: Mapping[str, Row]) -> Rows:
    """Healthy accounts below the highest tier with two reasons: near a threshold, growing, seats nearly full."""
    close = {one["account_id"] for one in near}
    found = []
    for row in rows:
        if row["score"] is None or row["score"] < HEALTHY_FROM or row["value_tier"] not in TIERS[:-1]:
            continue
        share = metrics.get(row["account_id"], {}).get("seats_active_share")
        reasons = [words for held, words in (
            (row["account_id"] in close, "near a threshold"), (row["pattern"] == "growing", "use is growing"),
            (share is not None and share >= FULL_SEATS, "seats nearly full")) if held]
        if len(reasons) >= 2:
            found.append({"account_id": row["account_id"], "name": row["name"], "value_tier": row["value_tier"],
                          "arr": row["arr"], "reasons": reasons})
    return sorted(found, key=lambda r: (-len(r["reasons"]), -(r["arr"] or 0), r["account_id"]))
