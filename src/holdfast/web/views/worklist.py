"""The worklist: one row a case, in sections, with the panel of the case that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.charts.bands import glyph
from holdfast.charts.sparkline import Sparkline
from holdfast.clock import now
from holdfast.reports.account_side import SEVERITY
from holdfast.reports.frame import chip
from holdfast.reports.render import markup
from holdfast.reports.words import clean, day_short, days_between, delta, money, money_headline, name_words, plural
from holdfast.state.case import CaseTask
from holdfast.state.green_mark import newest_marks
from holdfast.state.job import Job
from holdfast.state.models import User
from holdfast.web.case_book import CaseBook, Entry, case_book
from holdfast.web.case_words import clock_words, history_line, moment_words, reason_line, tags
from holdfast.web.desk import Desk, desk
from holdfast.web.green_marks import mark_tag
from holdfast.web.person import person
from holdfast.web.routes import refused
from holdfast.web.saved_views import views_of
from holdfast.web.sections import FOLDED, Section, Viewer, sections
from holdfast.web.sparks import NOTHING, TITLE, sparks
from holdfast.web.staff import staff_name, takers
from holdfast.workspace.clocks import Clocks

from .nothing import nothing_yet

FILTERS = ("owner", "segment", "value_tier", "severity")
SHOWN = 25
"""Rows of a section until somebody asks for all of it."""
LINES = 8
FRESH = timedelta(minutes=10)
"""How long the last act can be taken back."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a text in name or id, filters, sections shown whole, the chosen case."""

    text: str
    filters: Mapping[str, str]
    whole: frozenset[str]
    chosen: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Asked:
        """Read from the query part of an address."""
        return cls(
            str(values.get("q", "")).strip()[:100],
            {name: value for name in FILTERS if (value := str(values.get(name, "")).strip())},
            frozenset(part for part in str(values.get("all", "")).split(",") if part),
            str(values.get("case", "")),
        )

    def address(self, **changes: str) -> str:
        """The same with changes, as the query part of an address."""
        values = {"q": self.text, **self.filters, "all": ",".join(sorted(self.whole)), "case": self.chosen} | changes
        return urlencode({key: value for key, value in values.items() if value})

    def keeps(self, entry: Entry) -> bool:
        """Whether the filters leave this case."""
        row, text = entry.row, self.text.casefold()
        values = {**row, "severity": entry.case.severity, "owner": entry.case.owner or row["owner"]}
        named = text in str(row["name"] or "").casefold() or text in str(row["account_id"]).casefold()
        return named and all(str(values.get(name) or "") == value for name, value in self.filters.items())


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """The cases of the own scope, with what can be done about the chosen one."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Worklist")
    asked, who, book = Asked.of(request.GET.dict()), _viewer(request, here), _book(request, here)
    kept = [entry for entry in book.entries if asked.keeps(entry)]
    listed = sections(kept, who)
    shown = [entry for one in listed if not _folded(one, asked) for entry in one.entries[: _most(one, asked)]]
    chosen = next((e for e in kept if e.case.key == asked.chosen), shown[0] if shown else None)
    clocks = _clocks(here)
    currency = here.workspace.site.definitions.settings.currency
    in_lists = [e for one in listed if one.name not in FOLDED for e in one.entries]
    context = {
        "title": "Worklist",
        "summary": f"{plural(len(in_lists), 'case')} · {money_headline(_arr(in_lists), currency)} ARR under a case",
        "sections": [_section(one, asked, here, who, clocks) for one in listed],
        "asked": asked, "choices": _choices(book, asked, here), "since": _since(book, here),
        "panel": _panel(chosen, request, here, who, clocks) if chosen else None,
        "chosen": chosen.case.key if chosen else "", "explicit": chosen is not None and chosen.case.key == asked.chosen,
        "close": asked.address(case=""), "undo": _last_act(request),
        "back": asked.address(), "filtered": bool(asked.text or asked.filters),
        "checked": plural(len(here.book.rows), "account"), "today": who.today.isoformat(),
        "wake": _in_a_week(who), "saved": views_of(request, "worklist", asked.address(case="")),
    }
    return render(request, "holdfast/worklist.html", context)


@require_safe
def panel(request: HttpRequest, account_id: str) -> HttpResponse:
    """The panel of one case alone, for the page that is open already."""
    here = desk(request)
    entry = _book(request, here).entry(account_id) if here.book else None
    if entry is None:
        return refused(request, 404)
    who = _viewer(request, here)
    asked = Asked.of(request.GET.dict())
    context = {
        "panel": _panel(entry, request, here, who, _clocks(here)), "back": asked.address(case=""),
        "close": asked.address(case=""), "today": who.today.isoformat(),
    }
    return render(request, "holdfast/_case_panel.html", context)


def _viewer(request: HttpRequest, here: Desk) -> Viewer:
    user = person(request)
    return Viewer(user.email, user.role, now(), ZoneInfo(here.workspace.site.definitions.settings.time_zone))


def _book(request: HttpRequest, here: Desk) -> CaseBook:
    return case_book(here, person(request).email, _viewer(request, here).today)


def _clocks(here: Desk) -> Clocks:
    facts = here.workspace.published.publish.run.facts
    return Clocks(here.workspace.site.definitions, facts.get("calendars", {}))


def _folded(one: Section, asked: Asked) -> bool:
    return one.name in FOLDED and one.name not in asked.whole


def _most(one: Section, asked: Asked) -> int:
    return len(one.entries) if one.name in asked.whole else SHOWN


def _arr(entries: list[Entry]) -> float:
    return float(sum(entry.row["arr"] or 0 for entry in entries))


def _section(one: Section, asked: Asked, here: Desk, who: Viewer, clocks: Clocks) -> dict[str, Any]:
    folded = _folded(one, asked)
    shown = () if folded else one.entries[: _most(one, asked)]
    marks = newest_marks([entry.case.key for entry in shown]) if one.name == "unproven" else {}
    marked = {key: [mark_tag(found, who.today)] for key, found in marks.items()}
    return {
        "name": one.name, "title": one.title, "note": one.note, "count": len(one.entries), "folded": folded,
        "rows": [_row(entry, asked, here, who, clocks, marked.get(entry.case.key, [])) for entry in shown],
        "more": len(one.entries) - len(shown),
        "show": asked.address(all=",".join(sorted(asked.whole | {one.name})), case=""),
    }


def _row(
    entry: Entry, asked: Asked, here: Desk, who: Viewer, clocks: Clocks, more: list[tuple[str, str]]
) -> dict[str, Any]:
    row, currency = clean(entry.row), here.workspace.site.definitions.settings.currency
    left = days_between(row["as_of"], row.get("renews_on"))
    days = sparks(here.workspace.published).get(row["account_id"], NOTHING)
    return {
        "key": entry.case.key, "name": row["name"] or row["account_id"], "chip": chip(row),
        "tags": [*more, *tags(entry)][:2],
        "reason": reason_line(entry), "delta": delta(row["delta_7d"]),
        "spark": markup(Sparkline(days, row["band"], TITLE).svg()),
        "arr": "price unknown" if row.get("arr") is None else money(round(row["arr"]), currency),
        "renews": _renewal(left),
        "clock": clock_words(entry.case, clocks, who.moment), "step": _next_step(entry),
        "to": asked.address(case=entry.case.key),
        "owner": "" if _same(entry.case.owner, who.email) else staff_name(entry.case.owner, here) or "No owner",
    }


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _last_act(request: HttpRequest) -> dict[str, Any] | None:
    """What can be taken back, as long as it is fresh; ``seen`` once a page has told of it."""
    found: dict[str, Any] | None = request.session.get("undo")
    if found is None:
        return None
    if now() - datetime.fromisoformat(found["at"]) > FRESH:
        del request.session["undo"]
        return None
    request.session["undo"] = {**found, "seen": True}
    return found


def _renewal(left: int | None) -> str:
    if left is None:
        return "no renewal known"
    return f"renews in {left} d" if left >= 0 else f"renewal {-left} d ago"


def _next_step(entry: Entry) -> str:
    if entry.mine:
        return entry.mine[0].do
    lead = entry.facts.get("signal")
    step = next((s for s in entry.row["actions"] if s["signal"] == lead), None)
    return str(step["action"]) if step else "Close the case"


def _panel(entry: Entry, request: HttpRequest, here: Desk, who: Viewer, clocks: Clocks) -> dict[str, Any]:
    row, case = clean(entry.row), entry.case
    settings = here.workspace.site.definitions.settings
    zone = clocks.hours(case.owner).zone
    upcoming = Job.objects.filter(case=case, round=case.round, kind="call", done_at=None, held=False).order_by("due_at")
    told = upcoming.first()
    staff = dict(User.objects.values_list("pk", "email"))
    events = case.events.order_by("-pk")[:LINES]
    return {
        "key": case.key, "name": row["name"] or row["account_id"], "chip": chip(row, large=True),
        "facts": (
            ("ARR", "unknown" if row.get("arr") is None else money(round(row["arr"]), settings.currency)),
            ("Renews", day_short(row["renews_on"], row["as_of"]) if row.get("renews_on") else "unknown"),
            ("Owner", staff_name(case.owner, here) or "nobody"),
        ),
        "clock": clock_words(case, clocks, who.moment),
        "opened": moment_words(case.opened_at, zone, who.moment),
        "detected": plural(case.days_to_detection, "day"),
        "acted": moment_words(case.first_action_at, zone, who.moment) if case.first_action_at else "",
        "told": ", ".join(staff_name(mail, here) for mail in told.payload["to"]) if told else "",
        "told_at": moment_words(told.due_at, zone, who.moment) if told and told.due_at > who.moment else "",
        "escalated": ", ".join(staff_name(mail, here) for mail in case.escalated_to),
        "paused": case.pause_reason if case.paused_at and case.state != "snoozed" else "",
        "can_pause": case.respond_by is not None and case.first_action_at is None and case.paused_at is None,
        "state": case.state, "tags": tags(entry), "delta": delta(row["delta_7d"]),
        "evidence": [_evidence(step, row) for step in entry.row["actions"]],
        "why": entry.facts.get("why", ""), "lane": entry.facts.get("lane", ""), "rank": entry.facts.get("rank", ""),
        "tasks": [_task(task, who, here) for task in _tasks(entry)],
        "history": [history_line(event, zone, who.moment, staff) for event in events],
        "takers": takers(here, entry.row["owner"]), "wake": _in_a_week(who),
    }


def _tasks(entry: Entry) -> list[CaseTask]:
    return list(entry.case.tasks.filter(round=entry.case.round).order_by("number"))


def _task(task: CaseTask, who: Viewer, here: Desk) -> dict[str, Any]:
    late = task.done_at is None and task.due_on < who.today
    return {
        "pk": task.pk, "do": task.do, "done": task.done_at is not None, "late": late,
        "due": "today" if task.due_on == who.today else day_short(task.due_on, who.today),
        "owner": staff_name(task.owner, here) or name_words(task.owner_role), "stage": task.stage,
    }


def _evidence(step: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    step = clean(dict(step))
    since = f"since {day_short(step['opened_on'], row['as_of'])}" if step.get("opened_on") else ""
    unclear = "not told today" if step.get("state") == "unknown" else ""
    severity, label = str(step["severity"]), step["label"] if step["label"] != step["evidence"] else ""
    return {
        "glyph": markup(glyph(SEVERITY.get(severity, "neutral"), 12)), "severity": name_words(severity),
        "words": step["evidence"],
        "note": " · ".join(part for part in (label, name_words(severity).lower(), since, unclear) if part),
    }


def _choices(book: CaseBook, asked: Asked, here: Desk) -> list[dict[str, Any]]:
    listed = []
    for name, words in zip(FILTERS, ("Owner", "Segment", "Tier", "Severity"), strict=True):
        values = {
            str(value) for entry in book.entries
            if (value := {**entry.row, "severity": entry.case.severity,
                          "owner": entry.case.owner or entry.row["owner"]}.get(name))
        }
        options = [(v, staff_name(v, here) if name == "owner" else name_words(v)) for v in sorted(values)]
        listed.append({"name": name, "words": words, "values": options, "chosen": asked.filters.get(name, "")})
    return listed


def _since(book: CaseBook, here: Desk) -> list[tuple[str, str]]:
    return [
        (str(book.opened), "new case" if book.opened == 1 else "new cases"),
        (str(book.cleared), "cleared by itself" if book.cleared == 1 else "cleared by themselves"),
        (str(book.woken), "woke from snooze"),
        (str(len(here.book.rows) if here.book else 0), "accounts checked"),
    ]


def _in_a_week(who: Viewer) -> str:
    return (who.today + timedelta(days=7)).isoformat()
