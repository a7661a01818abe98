"""Invented documents in the shape that the pages and the terminal show. Every sum in them adds up."""

from __future__ import annotations

import copy
import math
from datetime import date, timedelta
from typing import Any

AS_OF = date(2026, 3, 17)
HOSTILE = "<script>alert('x')</script>\"'><img src=//evil.example/x onerror=alert(1)>\u202eexe.fdp\x1b[31m"
LONG = "Société Coopérative Agricole des Hauts-de-Garonne et du Comminges S.A."


def metric(
    name: str, label: str, value: float | None, score: float | None, weight: float, **more: Any
) -> dict[str, Any]:
    """One metric of a component; without a score it is missing and its weight is spread."""
    missing = more.pop("missing", None)
    effective = more.pop("effective", 0.0 if missing else weight)
    return {
        "metric": name,
        "label": label,
        "value": value,
        "unit": "count",
        "window": "30d",
        "score": score,
        "weight": weight,
        "weight_effective": effective,
        "points": effective * (score or 0.0) / 100,
        "missing": missing,
        "as_of": "2026-03-17",
        "rows": 11,
        "batches": ["b-88214"],
        "own_median": None,
        "segment_median": None,
        "unit_words": "",
    } | more


def component(name: str, label: str, metrics: list[dict[str, Any]]) -> dict[str, Any]:
    """A component over its metrics."""
    weight = math.fsum(m["weight"] for m in metrics)
    effective = math.fsum(m["weight_effective"] for m in metrics)
    points = math.fsum(m["points"] for m in metrics)
    return {
        "name": name,
        "label": label,
        "weight": weight,
        "weight_effective": effective,
        "score": 100 * points / effective if effective else None,
        "contribution": points,
        "metrics": metrics,
    }


def components() -> list[dict[str, Any]]:
    """Five components, one metric without data."""
    return [
        component(
            "usage",
            "Product use",
            [
                metric(
                    "stickiness",
                    "Stickiness",
                    0.16,
                    41.0,
                    10,
                    unit="share",
                    own_median=0.31,
                    segment_median=0.24,
                ),
                metric(
                    "core_adoption",
                    "Core adoption",
                    0.8,
                    80.0,
                    10,
                    unit="share",
                    own_median=1.0,
                    segment_median=0.7,
                ),
                metric(
                    "usage_change_30d",
                    "Usage change, 30 d",
                    -0.36,
                    33.0,
                    15,
                    unit="share",
                    unit_words="−36%",
                    own_median=0.01,
                    segment_median=0.02,
                ),
            ],
        ),
        component(
            "contact",
            "Contact and champion",
            [
                metric(
                    "has_champion",
                    "Champion present",
                    0.0,
                    0.0,
                    9,
                    effective=10.2,
                    unit="yes or no",
                    own_median=1.0,
                    segment_median=1.0,
                    window=None,
                    rows=3,
                ),
                metric(
                    "sponsor_days",
                    "Sponsor, days since two-way contact",
                    47.0,
                    24.0,
                    6,
                    effective=6.8,
                    unit="days",
                    own_median=16.0,
                    segment_median=24.0,
                    window=None,
                ),
                metric(
                    "reply_rate",
                    "Reply rate",
                    0.38,
                    46.0,
                    4,
                    effective=4.6,
                    unit="share",
                    own_median=0.71,
                    segment_median=0.64,
                    window="90d",
                    rows=58,
                ),
                metric(
                    "meetings_held",
                    "Meetings held of scheduled",
                    0.5,
                    52.0,
                    3,
                    effective=3.4,
                    unit="share",
                    own_median=0.82,
                    segment_median=0.82,
                    window="90d",
                    rows=6,
                ),
                metric(
                    "budget_holder_days",
                    "Budget holder, days since contact",
                    None,
                    None,
                    3,
                    unit="days",
                    segment_median=38.0,
                    missing="never known",
                    rows=0,
                    window=None,
                    batches=[],
                ),
            ],
        ),
        component(
            "support",
            "Support",
            [
                metric(
                    "urgent_open",
                    "Urgent tickets open",
                    2.0,
                    20.0,
                    8,
                    segment_median=0.0,
                    own_median=0.0,
                    window=None,
                ),
                metric(
                    "first_reply",
                    "First reply, median",
                    5.25,
                    50.0,
                    7,
                    unit="hours",
                    own_median=4.0,
                    segment_median=6.5,
                    window="90d",
                ),
            ],
        ),
        component(
            "value",
            "Value",
            [
                metric(
                    "value_to_price",
                    "Confirmed value against price",
                    0.6,
                    34.0,
                    15,
                    unit="ratio",
                    own_median=0.9,
                    segment_median=1.1,
                    window=None,
                ),
            ],
        ),
        component(
            "growth",
            "Growth",
            [
                metric(
                    "seat_change",
                    "Seat change",
                    -4.0,
                    52.0,
                    10,
                    unit="seats",
                    own_median=0.0,
                    segment_median=3.0,
                    window="90d",
                ),
            ],
        ),
    ]


def history(end: float | None, band: str | None, weeks: int = 26) -> list[dict[str, Any]]:
    """Sundays with a data gap, then the as-of day."""
    rows = []
    for place in range(weeks, 0, -1):
        day = AS_OF - timedelta(days=7 * place + 2)
        score = 82 - 0.2 * (weeks - place) - max(0, 8 - place) ** 1.8 * 0.8
        gap = place in (13, 14, 15)
        name = "healthy" if score >= 70 else "neutral" if score >= 50 else "at_risk"
        rows.append(
            {
                "as_of": day.isoformat(),
                "score": None if gap else score,
                "band": "not_enough_data" if gap else name,
            }
        )
    return [*rows, {"as_of": AS_OF.isoformat(), "score": end, "band": band}]


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


def poisoned(document: Any) -> Any:
    """The document with every text made an attack, apart from days, bands and the like."""
    if isinstance(document, dict):
        return {k: document[k] if k in SAFE else poisoned(document[k]) for k in document}
    if isinstance(document, list):
        return [poisoned(entry) for entry in document]
    return HOSTILE if isinstance(document, str) else document


def hostile() -> dict[str, Any]:
    """Every text is an attack."""
    return poisoned(copy.deepcopy(account()))


def empty_portfolio() -> dict[str, Any]:
    """No account at all, and no earlier day."""
    from holdfast.portfolio.document import portfolio_document

    return portfolio_document([], None, {"company": None, "currency": None, "as_of": "2026-03-17", "run": None})


SAFE = {
    "as_of",
    "from",
    "to",
    "day",
    "week",
    "renews_on",
    "notice_by",
    "band",
    "color",
    "currency",
    "run",
    "clock",
    "held_since",
    "expires_on",
    "due_on",
    "cause",
    "unit",
    "window",
    "band_before",
    "loaded_at",
    "last_batch_at",
    "newest_row",
    "state",
    "month",
    "before",
}
ACCOUNTS = {
    "normal": account,
    "withheld": withheld,
    "held": held,
    "capped": capped,
    "long_name": long_name,
    "negative": negative,
    "no_history": no_history,
    "sparse": sparse,
    "not_scored": not_scored,
    "hostile": hostile,
}
BANDS = (
    ("thriving", 91.0, "green"),
    ("healthy", 76.0, "green"),
    ("neutral", 58.0, "yellow"),
    ("at_risk", 38.0, "red"),
    ("critical", 21.0, "red"),
    ("not_enough_data", None, "none"),
)


def rows(count: int = 120, earlier: bool = False) -> list[dict[str, Any]]:
    """Account rows with every band, owner and renewal month; ``earlier`` gives the same a month before."""
    found = []
    for i in range(count):
        band, score, color = BANDS[(i * 7 // 5 + (1 if earlier and i % 9 == 0 else 0)) % 6 if i % 4 == 0 else i % 3]
        arr = 480 * (i % 5 + 1) + (i % 7) * 11_113.25 - (900 if earlier and i % 6 == 0 else 0)
        found.append(
            {
                "account_id": f"{i:04d}",
                "name": LONG if i == 3 else f"Account {i:03d} Ltd",
                "score": score,
                "band": band,
                "color": color,
                "coverage": 0.31 if score is None else 0.6 + (i % 5) / 10,
                "owner": None if i % 40 == 0 else f"owner{i % 3}@tidewater.example",
                "owner_name": None if i % 40 == 0 else ("P. Anand", "D. Ferreira", "M. Lindqvist")[i % 3],
                "mrr": arr / 12,
                "arr": None if i == 17 else arr,
                "delta_7d": None if score is None else (i % 11 - 5) * 1.3,
                "reasons": [
                    {"text": f"Reports unused {i % 30} d", "metric": "key_idle_days", "value": i % 30},
                    {"text": "2 urgent tickets open", "metric": "urgent_open", "value": 2},
                ],
                "next_step": "Call second contact" if i % 2 else None,
                "segment": ("enterprise", "mid_market", "small_business")[i % 3],
                "value_tier": ("growth", "scale")[i % 2],
                "lifecycle": "live",
                "not_scored": "no active subscription" if i % 29 == 28 else None,
                "renews_on": None if i % 13 == 0 else (AS_OF + timedelta(days=(i * 37) % 420 - 10)).isoformat(),
            }
        )
    return found[1:] if earlier else found[: count - 2]


def portfolio() -> dict[str, Any]:
    """The portfolio document of those rows."""
    from holdfast.portfolio.document import portfolio_document

    meta = {
        "company": "Tidewater Systems",
        "currency": "EUR",
        "as_of": "2026-03-17",
        "before": "2026-02-15",
        "run": {"id": 1284, "published_at": "2026-03-17T06:10:00+00:00"},
    }
    return portfolio_document(rows(), rows(earlier=True), meta)


def quality() -> dict[str, Any]:
    """Seven sources in every state, batches, quarantine, conflicts, faults."""

    def source(name: str, records: str, age: float | None, limit: float | None, state: str) -> dict[str, Any]:
        newest = None if age is None else (AS_OF - timedelta(days=math.ceil(age))).isoformat()
        return {
            "source": name,
            "records": records.split(),
            "last_batch_at": newest and f"{newest}T05:58:00+00:00",
            "newest_row": newest,
            "age_days": age,
            "limit_days": limit,
            "state": state,
        }

    def batch(name: str, key: str, rows_in: int, quarantined: int, duplicate: int, filtered: int = 0) -> dict[str, Any]:
        return {
            "source": name,
            "batch_id": key,
            "loaded_at": "2026-03-17T05:58:00+00:00",
            "rows_in": rows_in,
            "kept": rows_in - quarantined - duplicate - filtered,
            "quarantined": quarantined,
            "duplicate": duplicate,
            "filtered": filtered,
            "adds_up": True,
            "state": "committed",
        }

    return {
        "company": "Tidewater Systems",
        "as_of": "2026-03-17",
        "run": {"id": 1284, "published_at": None},
        "sources": [
            source("events", "event", 0.01, 0.1, "fresh"),
            source("crm", "account contact interaction", 1, 2, "fresh"),
            source("support_desk", "ticket message", 2, 1, "late"),
            source("claims", "value_claim", 43, 31, "late"),
            source("surveys", "survey_response", 3.8, None, "no limit"),
            source("forum", "message", None, 7, "never"),
        ],
        "batches": [
            batch("events", "b-88214", 1204118, 0, 16),
            batch("billing", "b-88213", 3907, 0, 17),
            batch("support_desk", "b-88209", 1842, 41, 12, 5),
            batch("crm", "b-88203", 48210, 231, 17),
            batch("surveys", "b-88187", 264, 0, 264),
        ],
        "quarantine": [
            {
                "reason": "unresolved",
                "source": "crm",
                "record": "contact",
                "rows": 231,
                "example": {
                    "file": "contacts.csv",
                    "line": 1204,
                    "column": "account_id",
                    "value": "0041882 ",
                },
                "help": "load the account, or trim the column in sources/crm.yml",
            },
            {
                "reason": "bad_date",
                "source": "support_desk",
                "record": "ticket",
                "rows": 41,
                "example": {
                    "file": "tickets.csv",
                    "line": 87,
                    "column": "closed_at",
                    "value": "31/02/2026 14:05",
                },
                "help": "fix the row and replay it",
            },
        ],
        "conflicts": [
            {
                "id": "churned_but_contract_runs",
                "what": "marked churned while a contract runs",
                "count": 3,
                "of": 1312,
                "examples": ["0042", "0107", "0311"],
            },
        ],
        "faults": [
            {
                "id": "closed_before_opened",
                "what": "ticket closed before it was opened",
                "count": 3,
                "of": 1842,
                "record": "ticket",
                "examples": ["87911"],
            },
            {
                "id": "usage_without_user",
                "what": "event without a user id",
                "count": 0,
                "of": 1204102,
                "record": "event",
                "examples": [],
            },
        ],
        "completeness": [
            {"record": "contact", "column": "email", "filled": 47962, "rows": 47979},
            {"record": "contact", "column": "level", "filled": 9120, "rows": 47979},
            {"record": "value_claim", "column": "confirmed_by", "filled": 0, "rows": 0},
        ],
        "gaps": [
            {"id": "use_over_30_days", "what": "accounts whose newest row of use is over 30 days old", "count": 120,
             "of": 10000},
            {"id": "without_champion", "what": "accounts without a champion who is still there", "count": None,
             "of": 10000},
        ],
        "dimensions": [
            {
                "record": "account",
                "rows": 10000,
                "completeness": 99.6,
                "accuracy": 98.1,
                "freshness": 100.0,
                "consistency": 99.2,
                "uniqueness": 99.8,
            },
            {
                "record": "ticket",
                "rows": 88412,
                "completeness": 96.2,
                "accuracy": 97.6,
                "freshness": 61.0,
                "consistency": 95.1,
                "uniqueness": 99.4,
            },
            {
                "record": "value_claim",
                "rows": 412,
                "completeness": 29.6,
                "accuracy": None,
                "freshness": 38.0,
                "consistency": None,
                "uniqueness": 100.0,
            },
        ],
    }


def flat() -> dict[str, Any]:
    """The result of scoring one flat table of four accounts, one of them withheld."""

    def row(
        name: str,
        score: float | None,
        band: str,
        color: str,
        coverage: float,
        mrr: float | None,
        reasons: list[str],
        step: str | None,
    ) -> dict[str, Any]:
        return {
            "account_id": name,
            "name": name,
            "score": score,
            "band": band,
            "color": color,
            "coverage": coverage,
            "bounds": {"low": (score or 20) - 4, "high": (score or 60) + 6},
            "owner": None,
            "mrr": mrr,
            "reasons": [{"text": text, "metric": "nps", "value": 1} for text in reasons],
            "next_step": step,
        }

    return {
        "file": "accounts.csv",
        "company": None,
        "currency": "EUR",
        "as_of": "2026-03-17",
        "rows": 4,
        "scorecard": {"name": "flat", "version": 1, "why": "one flat table"},
        "recognised": [
            {"column": "logins_30d", "metric": "logins_30d", "label": "Logins, 30 d", "how": "by name"},
            {"column": "mrr", "metric": "mrr", "label": "MRR", "how": "by name"},
        ],
        "ignored": ["shoe_size"],
        "notes": ["The decimal sign of this file is a comma."],
        "refused": [{"line": 4, "column": "mrr", "value": "12k", "reason": "bad_number"}],
        "missing": [{"metric": "seats", "label": "Seats"}],
        "accounts": [
            row(
                "ACME-Corp",
                92.1,
                "thriving",
                "green",
                1.0,
                12000,
                ["42 logins in 30 d", "NPS 9"],
                "Ask for a reference",
            ),
            row("Gamma-Ltd", 61.0, "neutral", "yellow", 0.92, 1500.5, ["8 logins in 30 d"], "Review the setup"),
            row(
                "Beta-Inc",
                33.4,
                "at_risk",
                "red",
                0.85,
                480,
                ["Last login 21 d ago", "7 tickets open"],
                "Call",
            ),
            row("Delta-Co", None, "not_enough_data", "none", 0.31, None, [], None),
        ],
    }
