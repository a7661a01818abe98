"""The portfolio of the accounts that this person sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.web.desk import desk
from holdfast.web.portfolio_shown import portfolio_shown

from .nothing import nothing_yet


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Bands, movement, matrices, groups, renewals; totals are the sums of what is shown."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Portfolio")
    return render(request, "holdfast/portfolio.html", portfolio_shown(here))
