"""The document of one flat table."""

from __future__ import annotations

from typing import Any


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
