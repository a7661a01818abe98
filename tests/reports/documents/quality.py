"""The document of data quality."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from .account_parts import AS_OF


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
