"""The table of all accounts: sort, filter, page, and a CSV of exactly what is shown."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.cells import harmless
from holdfast.charts.bands import BANDS
from holdfast.charts.number import number
from holdfast.reports.frame import chip
from holdfast.reports.portfolio_figures import reasons_line, step_words
from holdfast.reports.words import clean, day_short, delta, money, name_words, plural
from holdfast.web.book import Row
from holdfast.web.desk import desk
from holdfast.web.saved_views import views_of

from .nothing import nothing_yet

PAGE = 50
ORDERS: Mapping[str, tuple[str, str]] = {
    "score": ("Score", "score"), "name": ("Account", "name"), "arr": ("ARR", "arr"), "delta": ("7 days", "delta_7d"),
    "renews": ("Renews", "renews_on"), "owner": ("Owner", "owner_name"), "segment": ("Segment", "segment"),
}
"""Key in the address -> head of the column, and what it sorts by."""
FILTERS = ("band", "owner", "segment", "value_tier")
CSV_COLUMNS = ("account_id", "name", "score", "band", "coverage", "delta_7d", "arr", "mrr", "renews_on", "segment",
               "value_tier", "lifecycle", "owner", "reasons", "next_step")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a text in name or id, filters, the order, the page from 1."""

    text: str
    filters: Mapping[str, str]
    order: str
    down: bool
    page: int

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Asked:
        """Read from the query part of an address; what it does not know is left aside."""
        order = values.get("sort", "score")
        page = values.get("page", "1")
        return cls(
            values.get("q", "").strip()[:100],
            {name: value for name in FILTERS if (value := values.get(name, "").strip())},
            order.removeprefix("-") if order.removeprefix("-") in ORDERS else "score",
            order.startswith("-"),
            max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
        )

    def address(self, **changes: Any) -> str:
        """The same with changes, as the query part of an address."""
        order = f"{'-' if self.down else ''}{self.order}"
        values: dict[str, Any] = {
            "q": self.text, **self.filters, "sort": "" if order == "score" else order, "page": self.page,
        } | changes
        return urlencode({key: value for key, value in values.items() if value not in ("", None, 1)})


def chosen(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    """The rows that the filters leave, in the order asked for; unknown values last."""
    text = asked.text.casefold()
    kept = [
        row for row in rows
        if (not text or text in str(row["name"] or "").casefold() or text in str(row["account_id"]).casefold())
        and all(str(row.get(name) or "") == value for name, value in asked.filters.items())
    ]
    key = ORDERS[asked.order][1]
    known = [row for row in kept if row.get(key) is not None]
    unknown = [row for row in kept if row.get(key) is None]
    known.sort(key=lambda row: row["account_id"])
    known.sort(key=lambda row: row[key].casefold() if isinstance(row[key], str) else row[key], reverse=asked.down)
    return known + unknown


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """One page of the table."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Accounts")
    asked = Asked.of(request.GET.dict())
    rows = chosen(here.book.rows, asked)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(asked.page, pages)
    settings = here.workspace.site.definitions.settings
    shown = [_cells(clean(row), settings.currency) for row in rows[(page - 1) * PAGE : page * PAGE]]
    context = {
        "title": "Accounts", "rows": shown, "asked": asked, "heads": _heads(asked),
        "choices": _choices(here.book.rows, asked),
        "summary": f"{plural(len(rows), 'account')} of {number(len(here.book.rows))}", "page": page, "pages": pages,
        "before": asked.address(page=page - 1) if page > 1 else "",
        "after": asked.address(page=page + 1) if page < pages else "",
        "csv": asked.address(page=None), "first": (page - 1) * PAGE + 1 if rows else 0,
        "last": min(page * PAGE, len(rows)), "saved": views_of(request, "accounts", asked.address(page=None)),
    }
    return render(request, "holdfast/account_table.html", context)


@require_safe
def accounts_csv(request: HttpRequest) -> HttpResponse:
    """All rows that the filters leave, as CSV without formulas."""
    here = desk(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    writer = csv.writer(response)
    writer.writerow(CSV_COLUMNS)
    for row in chosen(here.book.rows if here.book else [], Asked.of(request.GET.dict())):
        values = {**row, "reasons": reasons_line(row), "next_step": step_words(row.get("next_step"))}
        writer.writerow([harmless(values.get(name)) for name in CSV_COLUMNS])
    return response


def _heads(asked: Asked) -> list[dict[str, str]]:
    heads = []
    for key, (words, _) in ORDERS.items():
        mine = key == asked.order
        turned = f"-{key}" if mine and not asked.down else key
        order = ("descending" if asked.down else "ascending") if mine else "none"
        heads.append({"key": key, "words": words, "order": order, "address": asked.address(sort=turned, page=None),
                      "number": "num" if key in ("arr", "delta") else ""})
    return heads


def _choices(rows: Sequence[Row], asked: Asked) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for name, words in zip(FILTERS, ("Band", "Owner", "Segment", "Tier"), strict=True):
        values = sorted({str(row[name]) for row in rows if row.get(name)})
        if name == "band":
            values = [band.name for band in BANDS if band.name in values]
        options = [(value, value if name == "owner" else name_words(value)) for value in values]
        listed.append({"name": name, "words": words, "values": options, "chosen": asked.filters.get(name, "")})
    return listed


def _cells(row: Row, currency: str) -> dict[str, Any]:
    return {
        "id": row["account_id"], "name": row["name"] or row["account_id"], "chip": chip(row),
        "arr": "unknown" if row.get("arr") is None else money(row["arr"], currency), "delta": delta(row["delta_7d"]),
        "renews": day_short(row["renews_on"], row["as_of"]) if row.get("renews_on") else "unknown",
        "owner": row["owner_name"] or row["owner"] or "No owner",
        "segment": name_words(row["segment"]) if row.get("segment") else "–",
        "reasons": reasons_line(row), "step": step_words(row.get("next_step")),
    }
