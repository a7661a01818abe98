"""The page before the first publish."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def nothing_yet(request: HttpRequest, title: str) -> HttpResponse:
    """Says what would fill the page."""
    return render(request, "holdfast/nothing.html", {"title": title})
