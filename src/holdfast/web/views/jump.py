"""Search for the command palette: accounts of the own book, saved views, and pages."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.web.desk import desk
from holdfast.web.frame import MENU
from holdfast.web.saved_views import views_found

MOST = 8


@require_safe
def jump(request: HttpRequest) -> HttpResponse:
    """A list of places whose name holds the text: accounts, saved views, pages."""
    here = desk(request)
    text = request.GET.get("q", "").strip().casefold()[:100]
    found = []
    if text and here.book:
        for row in here.book.rows:
            name = str(row["name"] or row["account_id"])
            if text in name.casefold() or text in str(row["account_id"]).casefold():
                found.append({"words": name, "note": row["account_id"], "to": f"/accounts/{quote(row['account_id'])}"})
            if len(found) == MOST:
                break
    pages = [
        {"words": words, "note": "page", "to": f"/{name}"}
        for _, entries in MENU for area, name, words, _ in entries
        if area in here.scope.areas and text in words.casefold()
    ]
    views = [
        {"words": view["name"], "note": " ".join(part for part in (view["where"], "view", view["by"]) if part),
         "to": view["to"]}
        for view in views_found(request) if text in view["name"].casefold()
    ]
    return render(request, "holdfast/_jump.html", {"places": [*found, *views[:MOST], *pages], "text": text})
