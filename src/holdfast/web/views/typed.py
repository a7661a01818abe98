"""What the forms of the account page share: the way back, a day, and what is shown where nothing was kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from holdfast.clock import now
from holdfast.web.desk import Desk

SEARCHED = ("as_of", "since", "clock")
"""Words of an account page's address that a form hands on."""


def back_to(request: HttpRequest, account_id: str, place: str) -> HttpResponseRedirect:
    """To the account page as it was, at a panel. Only the known words of its address are taken over."""
    kept = [(k, v) for k, v in parse_qsl(request.POST.get("back", "")[:500]) if k in SEARCHED]
    query = f"?{urlencode(kept)}" if kept else ""
    return HttpResponseRedirect(f"{reverse('account', args=[account_id])}{query}#{place}")


def not_kept(
    request: HttpRequest, account_id: str, problem: str, texts: Sequence[tuple[str, str]], page: str = "account"
) -> HttpResponse:
    """The reason why nothing was kept, with what was written, so that it is not lost."""
    context = {"title": "Not kept", "problem": problem, "texts": texts, "back_at": reverse(page, args=[account_id])}
    return render(request, "holdfast/not_kept.html", context, status=400)


def written(request: HttpRequest, name: str) -> str:
    """A text of the form, without spaces around it and with plain ends of lines."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def today_here(here: Desk) -> date:
    """The day by the clock of the company."""
    return now().astimezone(ZoneInfo(here.workspace.site.definitions.settings.time_zone)).date()


def day_of(text: str) -> date | None:
    """A day as a form sends it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
