"""Scorecards in the browser: which there are, and one with its tree, values, versions and accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdfast.charts.number import number
from holdfast.reports.pages.scorecard import scorecard_context
from holdfast.reports.words import name_words
from holdfast.web.desk import Desk, desk
from holdfast.web.routes import refused
from holdfast.workspace.scorecards import scorecard, scorecards

from .nothing import nothing_yet


@require_safe
def scorecard_list(request: HttpRequest) -> HttpResponse:
    """Every scorecard in force, with how many of the accounts that this person sees it scores."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Scorecards")
    published = here.workspace.published
    found = published.kept(("scorecards", here.scope.owners), lambda: scorecards(published, only(here)))
    rows = [{**row, "title": name_words(row["label"]), "count": number(row["accounts"]),
             "condition": row["when"] or "all accounts that no other takes"} for row in found]
    return render(request, "holdfast/scorecard_list.html", {"title": "Scorecards", "rows": rows})


@require_safe
def one_scorecard(request: HttpRequest, name: str) -> HttpResponse:
    """One scorecard over the accounts that this person sees."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Scorecard")
    published = here.workspace.published
    context = published.kept(("scorecard", name, here.scope.owners), lambda: _context(here, name))
    if context is None:
        return refused(request, 404)
    return render(request, "holdfast/scorecard.html", context)


def only(here: Desk) -> set[str] | None:
    """The ids of the accounts that the person sees; None: all."""
    if here.scope.owners is None or here.book is None:
        return None
    return {row["account_id"] for row in here.book.rows}


def _context(here: Desk, name: str) -> dict[str, Any] | None:
    found = scorecard(here.workspace.published, name, only(here))
    if found is None or here.book is None:
        return None
    names = {row["account_id"]: row for row in here.book.rows}
    context = scorecard_context(found, names, here.workspace.site.definitions.settings.currency)
    for row in context["accounts"]:
        row["to"] = reverse("account", args=[row["id"]])
    return context | {"crumb_up": {"to": reverse("scorecards"), "words": "Scorecards"}}
