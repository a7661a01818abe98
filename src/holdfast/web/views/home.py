"""The way in, the health check, the theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from holdfast.state import runs
from holdfast.web.desk import desk

YEAR = 365 * 86_400


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page that this person may see."""
    areas = desk(request).scope.areas
    first = "/worklist" if "cases" in areas else "/accounts" if "accounts" in areas else "/sessions/"
    return HttpResponseRedirect(first)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the state database answers; nothing about what is in it."""
    runs.current()
    return JsonResponse({"status": "ok"})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or as the system has it."""
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie("holdfast-theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("holdfast-theme")
    return response
