"""Documents of one account, in every state that a page has to show."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from .account_parts import AS_OF, LONG, components, history


def account() -> dict[str, Any]:
    """An account at risk: everything there is to show."""
    parts = components()
    score = math.fsum(part["contribution"] for part in parts)
    changes = [
        (
            "behaviour",
            -33.2,
            [
                ("contact", "Contact and champion", -12.6),
                ("usage", "Product use", -10.8),
                ("support", "Support", -6.3),
                ("value", "Value", -4.4),
                ("growth", "Growth", 0.9),
            ],
        ),
        ("data", -0.7, [("usage", "Late events, 212 rows", -0.7)]),
        ("model", -2.3, [("contact", "health v11 to v12", -2.3)]),
        ("manual", 1.5, [("value", "Value claim confirmed", 1.5)]),
        ("reference", 0.0, []),
        ("segment", 0.0, []),
    ]
    return {
        "account_id": "0042",
        "name": "Vereinigte Hanseatische Lagerhausgesellschaft mbH & Co. KG",
        "company": "Tidewater Systems",
        "currency": "EUR",
        "as_of": "2026-03-17",
        "clock": "known",
        "run": {"id": 1284, "published_at": "2026-03-17T06:10:00+00:00"},
        "owner": "marta@tidewater.example",
        "owner_name": "Marta Lindqvist",
        "segment": "mid_market",
        "value_tier": "enterprise",
        "lifecycle": "renewal",
        "mrr": 34383.33,
        "arr": 412600.0,
        "seats": 140,
        "renews_on": "2026-05-17",
        "notice_by": "2026-03-20",
        "tenure_days": 1312,
        "score": score,
        "band": "at_risk",
        "color": "red",
        "coverage": 0.92,
        "bounds": {"low": score - 2.4, "high": score + 5.6},
        "scorecard": {
            "name": "health",
            "version": 12,
            "why": "segment is mid_market and tenure is 90 days or more",
        },
        "components": parts,
        "adjustments": [],
        "limits": [
            {
                "kind": "cap",
                "at": 49,
                "why": "nobody carries us inside",
                "held_since": "2026-03-08",
                "expires_on": "2026-06-06",
                "binds": False,
            },
        ],
        "drivers": {
            "up": [{"metric": "core_adoption", "text": "Core adoption 80%, segment median 70%", "points": 1.0}],
            "down": [
                {
                    "metric": "has_champion",
                    "text": "Champion present: no, was yes over 24 weeks",
                    "points": -10.2,
                },
                {"metric": "usage_change_30d", "text": "Usage change −36%, own 24 weeks +1%", "points": -8.1},
                {
                    "metric": "sponsor_days",
                    "text": "Sponsor silent 47 d, segment median 24 d",
                    "points": -3.4,
                },
            ],
        },
        "change": {
            "from": "2026-02-15",
            "to": "2026-03-17",
            "delta": math.fsum(c[1] for c in changes),
            "parts": [
                {
                    "cause": cause,
                    "amount": amount,
                    "items": [{"component": c, "label": label, "amount": a} for c, label, a in items],
                }
                for cause, amount, items in changes
            ],
        },
        "actions": [
            {
                "signal": "champion_left",
                "label": "Champion left",
                "severity": "critical",
                "owner": "csm",
                "evidence": "Jörn Petersen left on 8 Mar 2026; 38% of use was his",
                "action": "Call the second contact",
                "due": "1d",
                "due_on": "2026-03-18",
                "metric": "has_champion",
            },
            {
                "signal": "urgent_tickets",
                "label": "Urgent tickets over limit",
                "severity": "high",
                "owner": "support",
                "evidence": "2 urgent tickets open, limit 1",
                "action": "Agree on a date for ticket 88164",
                "due": "2d",
                "due_on": "2026-03-19",
                "metric": "urgent_open",
            },
        ],
        "dials": {
            "pulse": {"score": 30.0, "band": "uneasy", "coverage": 1.0},
            "value": {"score": 34.2, "band": "at_risk", "coverage": 0.7},
            "tier": {"score": 81.0, "band": "enterprise", "coverage": 1.0},
            "stakeholder": {"score": None, "band": "not_enough_data", "coverage": 0.31},
        },
        "parent": {
            "own": 74.2,
            "lowest_child": score,
            "revenue_weighted": 51.6,
            "name": "Hansa Logistik Holding AG",
            "children": 3,
        },
        "history": history(score, "at_risk"),
        "usage": [
            {
                "week": (AS_OF - timedelta(days=7 * k + 1)).isoformat(),
                "active_users": None if k in (12, 13) else max(41, 64 - max(0, 9 - k) * 3),
                "events": None if k in (12, 13) else 1900 - max(0, 9 - k) * 120,
            }
            for k in range(25, -1, -1)
        ],
    }


def withheld() -> dict[str, Any]:
    """Too little data: score, band and change are withheld."""
    document = account()
    for part in document["components"]:
        part["contribution"] = None
        part["score"] = None
        for entry in part["metrics"]:
            entry |= {"points": None, "score": None}
    document["components"][0]["metrics"][0] |= {
        "missing": "source events is 12 d old, limit 2 d",
        "value": None,
    }
    return document | {
        "account_id": "0007",
        "name": "Pike & Lantern",
        "score": None,
        "band": "not_enough_data",
        "color": "none",
        "coverage": 0.31,
        "bounds": {"low": 9.0, "high": 78.0},
        "arr": 480.0,
        "mrr": 40.0,
        "seats": 3,
        "change": None,
        "history": history(None, "not_enough_data"),
        "limits": [],
        "parent": None,
        "drivers": {"up": [], "down": []},
        "actions": [],
        "notice_by": None,
        "dials": {},
    }


def held() -> dict[str, Any]:
    """A late source: the newest score not short of it stands, marked."""
    return account() | {"name": "Norrland Kraft AB", "held_since": "2026-03-16"}


def capped() -> dict[str, Any]:
    """A limit that binds, as an adjustment of its own; and no change at all."""
    document = account()
    cut = document["score"] - 30.0
    document["limits"][0] |= {"at": 30, "binds": True}
    document["bounds"] = {"low": 30.0, "high": 30.0}
    document["adjustments"] = [{"kind": "cap", "amount": -cut, "why": "nobody carries us inside"}]
    causes = ("model", "reference", "segment", "data", "manual", "behaviour")
    parts = [{"cause": cause, "amount": 0.0, "items": []} for cause in causes]
    change = {"from": "2026-02-15", "to": "2026-03-17", "delta": 0.0, "parts": parts}
    return document | {"score": 30.0, "change": change, "history": history(30.0, "at_risk")}


def long_name() -> dict[str, Any]:
    """A name of 70 signs and an account of 1.24 million."""
    return account() | {"name": LONG, "arr": 1240000.0, "mrr": 103333.33}


def negative() -> dict[str, Any]:
    """A credit: revenue below zero."""
    return account() | {"name": "Ostrava Pumps s.r.o.", "mrr": -120.5, "arr": -1446.0}


def no_history() -> dict[str, Any]:
    """First run: nothing before today."""
    return account() | {
        "name": "Teodor Robotics",
        "history": [{"as_of": "2026-03-17", "score": account()["score"], "band": "at_risk"}],
        "change": None,
        "usage": [],
        "drivers": {"up": [], "down": []},
    }


def not_scored() -> dict[str, Any]:
    """Outside the totals: no scorecard applies, nothing is weighed."""
    return withheld() | {
        "account_id": "0311",
        "name": "Marlow & Finch",
        "not_scored": "no active subscription",
        "scorecard": {"name": None, "version": None, "why": "no active subscription"},
        "components": [],
        "coverage": None,
        "bounds": {"low": None, "high": None},
        "history": [],
        "usage": [],
    }


def sparse() -> dict[str, Any]:
    """Only what no document may leave out."""
    keys = (
        "account_id",
        "name",
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
        "change",
        "actions",
    )
    return {key: value for key, value in account().items() if key in keys}
