"""A parent company's score beside those of the companies below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfast.lake.one_account import of_account
from holdfast.scoring.roll_up import roll_up

from .days import definitions_on
from .published import Published


def parent_view(published: Published, account_id: str, day: date) -> dict[str, Any] | None:
    """Own, lowest child's and revenue-weighted health of a parent; whose part a child is; None for neither."""
    if day not in published.days:
        return None
    engine = published.site.engine
    frame = published.read("frame", days=[day])
    scores = published.read("scores", days=[day])
    accounts = {row["account_id"]: row for row in frame.select(["account_id", "parent_id", "name"]).to_pylist()}
    above = accounts.get((accounts.get(account_id) or {}).get("parent_id"))
    cards = definitions_on(published, day).scorecards.values()
    rolled = roll_up(engine.frame(scores), engine.frame(frame), cards)
    mine = engine.arrow(of_account(rolled.filter(rolled.dial == "health"), account_id, engine)).to_pylist()
    if not mine and not above:
        return None
    figures = {k: v for row in mine for k, v in row.items() if k not in ("account_id", "as_of", "dial")}
    return {**figures, "id": above["account_id"] if above else None, "name": above["name"] if above else None}
