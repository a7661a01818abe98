"""The portfolio document of the current publish."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .account_book import Row, account_book
from .published import Published

COLUMNS = ("account_id", "name", "arr", "mrr", "segment", "value_tier", "scored", "not_scored")
PROVING = ("value_confirmed_share", "value_yearly_confirmed", "value_price_ratio")
BACK = 30


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class PortfolioRows:
    """The accounts of the publish, their proof of value by id, and as they stood 30 days earlier, None if unknown."""

    now: Sequence[Row]
    proofs: Mapping[str, str]
    before: Rows | None


def portfolio(published: Published, only: Container[str] | None = None) -> dict[str, Any]:
    """See PortfolioDocument in the reference of documents. ``only`` leaves out all other accounts by id."""
    return portfolio_of(published, portfolio_rows(published), only)


def portfolio_rows(published: Published) -> PortfolioRows:
    """What the document is made from; the same for everybody until the next publish."""
    from holdfast.portfolio.proof import proof

    kept = [c for c in PROVING if c in published.columns("metrics")]
    table = published.read("metrics", days=[published.as_of], columns=["account_id", *kept])
    metrics = {row["account_id"]: row for row in table.to_pylist()}
    recorded = published.stored("value_claim")
    rows = account_book(published)
    proofs = {row["account_id"]: proof(metrics.get(row["account_id"], {}), recorded) for row in rows}
    return PortfolioRows(rows, proofs, _before(published))


def portfolio_of(published: Published, rows: PortfolioRows, only: Container[str] | None) -> dict[str, Any]:
    """The document of the accounts in ``only``; None: of all."""
    from holdfast.portfolio.document import portfolio_document

    def kept(listed: Iterable[Row]) -> Iterable[Row]:
        return listed if only is None else (row for row in listed if row["account_id"] in only)

    definitions = published.site.definitions
    meta = {
        "company": definitions.settings.company, "currency": definitions.settings.currency,
        "as_of": published.as_of.isoformat(), "service": definitions.service,
        "run": {"id": published.publish.run_id, "published_at": published.publish.published_at.isoformat()},
        "before": (published.as_of - timedelta(days=BACK)).isoformat(),
    }
    proven = ({**row, "proof": rows.proofs[row["account_id"]]} for row in kept(rows.now))
    return portfolio_document(proven, None if rows.before is None else kept(rows.before), meta)


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
