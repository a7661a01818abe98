"""The portfolio of the accounts that this person sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.reports.pages.portfolio import portfolio_context
from holdfast.web.desk import desk

from .nothing import nothing_yet


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Bands, movement, groups, renewals; totals are the sums of what is shown."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Portfolio")
    seen = None if here.scope.owners is None else {row["account_id"] for row in here.book.rows}
    document = here.workspace.portfolio(seen)
    return render(request, "holdfast/portfolio.html", portfolio_context(document))
