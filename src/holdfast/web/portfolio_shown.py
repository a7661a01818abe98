"""The portfolio as its page shows it: made once a publish and scope, with the addresses that its figures lead to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from holdfast.reports.pages.portfolio import portfolio_context
from holdfast.workspace.portfolio import portfolio_of, portfolio_rows

from .desk import Desk

SHOWN = 20
"""Accounts below the figures; the table of all accounts has them all."""
FILTER_OF = {"owners": "owner", "segments": "segment", "tiers": "value_tier"}


def portfolio_shown(here: Desk) -> dict[str, Any]:
    """What the template of the page shows of the accounts of ``here``."""
    return here.workspace.published.kept(("portfolio", here.scope.owners), lambda: _context(here))


def _context(here: Desk) -> dict[str, Any]:
    published = here.workspace.published
    rows = published.kept("portfolio rows", lambda: portfolio_rows(published))
    seen = None if here.scope.owners is None or here.book is None else {r["account_id"] for r in here.book.rows}
    context = portfolio_context(portfolio_of(published, rows, seen), SHOWN) | {"all_accounts": reverse("accounts")}
    listed = reverse("accounts")
    for row in (*context["red"], *context["accounts"]):
        row["to"] = reverse("account", args=[row["id"]])
    for entry in context["band_rows"]:
        entry["to"] = f"{listed}?{urlencode({'band': entry['row'].band.name})}"
    for group in (*context["left"], *context["right"]):
        for row in group["rows"]:
            row["to"] = f"{listed}?{urlencode({FILTER_OF[group['id']]: row['key']})}" if row["key"] else ""
    return context
