"""Documents of a portfolio."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from holdfast.portfolio.document import portfolio_document

from .account_parts import AS_OF, LONG

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
    meta = {
        "company": "Tidewater Systems",
        "currency": "EUR",
        "as_of": "2026-03-17",
        "before": "2026-02-15",
        "run": {"id": 1284, "published_at": "2026-03-17T06:10:00+00:00"},
    }
    return portfolio_document(rows(), rows(earlier=True), meta)


def empty_portfolio() -> dict[str, Any]:
    """No account at all, and no earlier day."""
    return portfolio_document([], None, {"company": None, "currency": None, "as_of": "2026-03-17", "run": None})
