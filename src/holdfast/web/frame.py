"""What every page carries: who is here, where one can go, and how old the numbers are."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from holdfast.charts.number import number
from holdfast.reports.words import clock, day_full, day_short
from holdfast.state import runs
from holdfast.state.access import AccessRole
from holdfast.state.models import Publish

from .desk import desk
from .rights import Area

MENU: tuple[tuple[str, tuple[tuple[Area, str, str, str], ...]], ...] = (
    ("Work", (("cases", "worklist", "Worklist", "w"), ("accounts", "accounts", "Accounts", "a"))),
    ("Book", (("portfolio", "portfolio", "Portfolio", "p"),)),
    ("Method", (("method", "scorecards", "Scorecards", ""), ("method", "signals", "Signals", ""))),
    ("Data", (("data", "data", "Sources", "d"),)),
    ("Office", (("people", "people", "People", ""), ("audit", "audit", "Audit log", ""))),
)
"""Group -> area, name of the address, words, key after g."""
FAR = ("Method", "Office")
"""Groups that a phone shows under the person, not among the tabs at the foot."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of the frame, for every template."""
    theme = request.COOKIES.get("holdfast-theme", "")
    shown: dict[str, Any] = {"theme": theme if theme in ("light", "dark") else ""}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return shown
    here = desk(request)
    settings = here.workspace.site.definitions.settings
    return {
        **shown,
        "company": settings.company,
        "menu": _menu(request),
        "me": request.user,
        "my_role": AccessRole(request.user.role).label,
        "initials": request.user.email[:2].upper(),
        **_published(here.publish, ZoneInfo(settings.time_zone)),
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    here = desk(request)
    match = request.resolver_match
    current = (match.url_name or "").split("_")[0] if match else ""
    counts = {"accounts": number(len(here.book.rows)) if here.book else ""}
    groups = []
    for title, entries in MENU:
        seen = [
            {"name": name, "words": words, "key": key, "here": current in (name, name.removesuffix("s")),
             "count": counts.get(name, "")}
            for area, name, words, key in entries if area in here.scope.areas
        ]
        if seen:
            groups.append({"title": title, "entries": seen, "far": title in FAR})
    return groups


def _published(current: Publish | None, zone: ZoneInfo) -> dict[str, Any]:
    """As-of day and run with the time of ``zone``, and the banner where the last run failed."""
    last = runs.last_run()
    if current is None:
        return {"as_of": "", "run_words": "", "banner": "Nothing is published yet. The first run fills these pages."}
    failed = ""
    if last is not None and last.state == "failed" and last.pk > current.run_id:
        started = last.started_at.astimezone(zone).date().isoformat()
        failed = (
            f"The run of {day_short(started, current.as_of.isoformat())} failed. "
            f"These pages show run {current.run_id}, as of {day_full(current.as_of.isoformat())}."
        )
    return {
        "as_of": day_full(current.as_of.isoformat()),
        "run_words": f"run {current.run_id}",
        "published": clock(current.published_at.astimezone(zone).isoformat()),
        "banner": failed,
    }
