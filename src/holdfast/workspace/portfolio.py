"""The portfolio document of the current publish."""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta
from typing import Any

from .accounts import accounts
from .published import Published

COLUMNS = ("account_id", "name", "arr", "mrr", "segment", "value_tier", "scored", "not_scored")
BACK = 30


def portfolio(published: Published, only: Container[str] | None = None) -> dict[str, Any]:
    """See PortfolioDocument in the reference of documents. ``only`` leaves out all other accounts by id."""
    from holdfast.portfolio.document import portfolio_document

    def kept(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return rows if only is None else [row for row in rows if row["account_id"] in only]

    before = _before(published)
    rows = kept(accounts(published, None, None, None, "known"))
    settings = published.site.definitions.settings
    meta = {
        "company": settings.company, "currency": settings.currency, "as_of": published.as_of.isoformat(),
        "run": {"id": published.publish.run_id, "published_at": published.publish.published_at.isoformat()},
        "before": (published.as_of - timedelta(days=BACK)).isoformat(),
    }
    return portfolio_document(rows, None if before is None else kept(before), meta)


def _before(published: Published) -> list[dict[str, Any]] | None:
    """The accounts as they stood 30 days earlier: id, band, arr."""
    day = published.as_of - timedelta(days=BACK)
    frame = published.read("frame", days=[day], columns=COLUMNS)
    scores = published.read("scores", days=[day], columns=["account_id", "dial", "score", "band"])
    if not frame.num_rows:
        return None
    health = {r["account_id"]: r for r in scores.to_pylist() if r["dial"] == "health"}
    rows = []
    for row in frame.to_pylist():
        found = health.get(row["account_id"], {"score": None, "band": "not_enough_data"})
        money = {k: None if row[k] is None else float(row[k]) for k in ("arr", "mrr")}
        rows.append({**row, **money, "as_of": day.isoformat(), "score": found["score"], "band": found["band"]})
    return rows
