"""A parent company's score beside those of the companies below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfast.scoring.roll_up import roll_up

from .days import definitions_on
from .published import Published

Row = dict[str, Any]


def parent_view(published: Published, account_id: str, day: date) -> dict[str, Any] | None:
    """Own, lowest child's and revenue-weighted health of a parent; whose part a child is; None for neither."""
    if day not in published.days:
        return None
    accounts, parents = published.kept(("parents", day), lambda: _parents(published, day))
    above = accounts.get(str(accounts.get(account_id, {}).get("parent_id")))
    figures = parents.get(account_id, {})
    if not figures and not above:
        return None
    return {**figures, "id": above["account_id"] if above else None, "name": above["name"] if above else None}


def _parents(published: Published, day: date) -> tuple[dict[str, Row], dict[str, Row]]:
    """By account: name and parent; and of those with others below them the figures of health."""
    engine = published.site.engine
    frame = published.read("frame", days=[day])
    scores = published.read("scores", days=[day])
    rolled = roll_up(engine.frame(scores), engine.frame(frame), definitions_on(published, day).scorecards.values())
    found = engine.arrow(rolled.filter(rolled.dial == "health").drop("as_of", "dial")).to_pylist()
    accounts = frame.select(["account_id", "parent_id", "name"]).to_pylist()
    return {row["account_id"]: row for row in accounts}, {row.pop("account_id"): row for row in found}
