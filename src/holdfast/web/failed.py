"""The page for a request that could not be answered: the state database is busy or away, or the fault is ours."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

AGAIN = 30
"""Seconds after which a browser or program may ask again."""


def failed(request: HttpRequest) -> HttpResponse:
    """503 with a time to come again where the database gave no answer, else 500. The page asks the database nothing."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    title = "Not now" if away else "A fault of ours"
    page = render_to_string("holdfast/refused.html", {"status": status, "title": title})
    response = HttpResponse(page, status=status)
    if away:
        response["Retry-After"] = str(AGAIN)
    return response
