"""The portfolio of the accounts that this person sees."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdfast.reports.pages.portfolio import portfolio_context
from holdfast.web.desk import Desk, desk
from holdfast.workspace.portfolio import portfolio_of, portfolio_rows

from .nothing import nothing_yet

SHOWN = 20
"""Accounts below the figures; the table of all accounts has them all."""
FILTER_OF = {"owners": "owner", "segments": "segment", "tiers": "value_tier"}


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Bands, movement, matrices, groups, renewals; totals are the sums of what is shown."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Portfolio")
    context = here.workspace.published.kept(("portfolio", here.scope.owners), lambda: _context(here))
    return render(request, "holdfast/portfolio.html", context)


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
