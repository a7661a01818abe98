"""The worklist: one row a case, in sections, with the panel of the case that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.charts.number import number
from holdfast.charts.sparkline import Sparkline
from holdfast.clock import now
from holdfast.reports.frame import chip
from holdfast.reports.render import markup
from holdfast.reports.words import clean, days_between, delta, money, money_headline, name_words, plural
from holdfast.state.green_mark import newest_marks
from holdfast.web.case_book import CaseBook, case_book
from holdfast.web.case_panel import case_panel, in_a_week
from holdfast.web.case_words import clock_words, reason_line, tags
from holdfast.web.desk import Desk, desk
from holdfast.web.green_marks import mark_tag
from holdfast.web.live_entries import FACETS, Entry
from holdfast.web.person import person
from holdfast.web.routes import refused
from holdfast.web.saved_views import views_of
from holdfast.web.sections import FOLDED, Section, Viewer, sections
from holdfast.web.sparks import NOTHING, TITLE, spark_days, sparks
from holdfast.web.staff import staff_name
from holdfast.web.viewer import clocks_of, viewer_of
from holdfast.workspace.clocks import Clocks

from .nothing import nothing_yet

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
            {name: value for name in FACETS if (value := str(values.get(name, "")).strip())},
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
        named = not text or text in str(row["name"] or "").casefold() or text in str(row["account_id"]).casefold()
        return named and all(str(FACETS[name](entry) or "") == value for name, value in self.filters.items())


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """The cases of the own scope, with what can be done about the chosen one."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Worklist")
    asked, who, book = Asked.of(request.GET.dict()), viewer_of(request, here), _book(request, here)
    filtered = bool(asked.text or asked.filters)
    kept = [entry for entry in book.entries if asked.keeps(entry)] if filtered else book.entries
    listed = sections(kept, who)
    shown = [entry for one in listed if not _folded(one, asked) for entry in one.entries[: _most(one, asked)]]
    chosen = next((e for e in kept if e.case.key == asked.chosen), shown[0] if shown else None)
    clocks = clocks_of(here)
    currency = here.workspace.site.definitions.settings.currency
    in_lists = [e for one in listed if one.name not in FOLDED for e in one.entries]
    context = {
        "title": "Worklist",
        "summary": f"{plural(len(in_lists), 'case')} · {money_headline(_arr(in_lists), currency)} ARR under a case",
        "sections": [_section(one, asked, here, who, clocks) for one in listed],
        "asked": asked, "choices": _choices(book, asked, here), "since": _since(book, here),
        "panel": case_panel(chosen, here, who, clocks) if chosen else None,
        "chosen": chosen.case.key if chosen else "", "explicit": chosen is not None and chosen.case.key == asked.chosen,
        "close": asked.address(case=""), "undo": _last_act(request),
        "back": asked.address(), "filtered": filtered,
        "checked": plural(len(here.book.rows), "account"), "today": who.today.isoformat(),
        "wake": in_a_week(who), "saved": views_of(request, "worklist", asked.address(case="")),
    }
    return render(request, "holdfast/worklist.html", context)


@require_safe
def panel(request: HttpRequest, account_id: str) -> HttpResponse:
    """The panel of one case alone, for the page that is open already."""
    here = desk(request)
    entry = _book(request, here).entry(account_id) if here.book else None
    if entry is None:
        return refused(request, 404)
    who = viewer_of(request, here)
    asked = Asked.of(request.GET.dict())
    context = {
        "panel": case_panel(entry, here, who, clocks_of(here)), "back": asked.address(case=""),
        "close": asked.address(case=""), "today": who.today.isoformat(),
    }
    return render(request, "holdfast/_case_panel.html", context)



def _book(request: HttpRequest, here: Desk) -> CaseBook:
    return case_book(here, person(request).email, viewer_of(request, here).today)



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


NESTED = {"actions", "case", "dials", "next_step", "reasons"}
"""Parts of an account's row of which its line shows words of the definitions only."""


def _row(
    entry: Entry, asked: Asked, here: Desk, who: Viewer, clocks: Clocks, more: list[tuple[str, str]]
) -> dict[str, Any]:
    row = clean({name: value for name, value in entry.row.items() if name not in NESTED})
    currency = here.workspace.site.definitions.settings.currency
    left = days_between(row["as_of"], row.get("renews_on"))
    published = here.workspace.published
    scores, days = sparks(published).get(row["account_id"], NOTHING), spark_days(published.as_of)
    return {
        "key": entry.case.key, "name": row["name"] or row["account_id"], "chip": chip(row),
        "tags": [*more, *tags(entry)][:2],
        "reason": reason_line(entry), "delta": delta(row["delta_7d"]),
        "spark": markup(Sparkline(scores, row["band"], TITLE, days=[day.toordinal() for day in days]).svg()),
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


def _choices(book: CaseBook, asked: Asked, here: Desk) -> list[dict[str, Any]]:
    listed = []
    for name, words in zip(FACETS, ("Owner", "Segment", "Tier", "Severity"), strict=True):
        values = sorted(book.facets[name])
        options = [(v, staff_name(v, here) if name == "owner" else name_words(v)) for v in values]
        listed.append({"name": name, "words": words, "values": options, "chosen": asked.filters.get(name, "")})
    return listed


def _since(book: CaseBook, here: Desk) -> list[tuple[str, str]]:
    return [
        (number(book.opened), "new case" if book.opened == 1 else "new cases"),
        (number(book.cleared), "cleared by itself" if book.cleared == 1 else "cleared by themselves"),
        (number(book.woken), "woke from snooze"),
        (number(len(here.book.rows) if here.book else 0), "accounts checked"),
    ]
