"""The table of all accounts: sort, filter, page, and a CSV of exactly what is shown."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdfast.cells import harmless
from holdfast.charts.bands import BANDS
from holdfast.charts.number import number
from holdfast.reports.frame import chip
from holdfast.reports.words import clean, name_words, plural
from holdfast.state import audit
from holdfast.web.account_columns import COLUMNS, USUAL, chosen_columns, file_heads, file_values
from holdfast.web.book import Row
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.saved_views import views_of

from .nothing import nothing_yet

PAGE = 50
ORDERS: Mapping[str, str] = {"name": "name"} | {key: one.field for key, one in COLUMNS.items() if one.field}
"""Key in the address -> what it sorts by."""
FILTERS = ("band", "owner", "segment", "value_tier")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a text in name or id, filters, the order, the page from 1, the columns."""

    text: str
    filters: Mapping[str, str]
    order: str
    down: bool
    page: int
    columns: tuple[str, ...] = USUAL

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
            chosen_columns(values.get("columns", "").split(",")),
        )

    def address(self, **changes: Any) -> str:
        """The same with changes, as the query part of an address."""
        order = f"{'-' if self.down else ''}{self.order}"
        values: dict[str, Any] = {
            "q": self.text, **self.filters, "sort": "" if order == "score" else order, "page": self.page,
            "columns": "" if self.columns == USUAL else ",".join(self.columns),
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
    key = ORDERS[asked.order]
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
    if ticked := request.GET.getlist("column"):
        plain = Asked.of(request.GET.dict() | {"columns": ",".join(ticked)})
        query = plain.address()
        return HttpResponseRedirect(reverse("accounts") + (f"?{query}" if query else ""))
    asked = Asked.of(request.GET.dict())
    rows = chosen(here.book.rows, asked)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(asked.page, pages)
    settings = here.workspace.site.definitions.settings
    shown = [_cells(clean(row), settings.currency, asked.columns) for row in rows[(page - 1) * PAGE : page * PAGE]]
    context = {
        "title": "Accounts", "rows": shown, "asked": asked, "heads": _heads(asked),
        "choices": _choices(here.book.rows, asked), "columns": _columns(asked),
        "usual": asked.address(columns="", page=None),
        "chosen": "" if asked.columns == USUAL else ",".join(asked.columns),
        "summary": f"{plural(len(rows), 'account')} of {number(len(here.book.rows))}", "page": page, "pages": pages,
        "before": asked.address(page=page - 1) if page > 1 else "",
        "after": asked.address(page=page + 1) if page < pages else "",
        "csv": asked.address(page=None), "first": (page - 1) * PAGE + 1 if rows else 0,
        "last": min(page * PAGE, len(rows)), "saved": views_of(request, "accounts", asked.address(page=None)),
    }
    return render(request, "holdfast/account_table.html", context)


@require_safe
def accounts_csv(request: HttpRequest) -> HttpResponse:
    """All rows that the filters leave, with the columns and in the order of the table, as CSV without formulas."""
    here = desk(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    writer = csv.writer(response)
    asked = Asked.of(request.GET.dict())
    heads, rows = file_heads(asked.columns), chosen(here.book.rows if here.book else [], asked)
    writer.writerow(heads)
    writer.writerows([harmless(value) for value in file_values(row, heads)] for row in rows)
    audit.record(person(request), "downloaded", "accounts", f"{len(rows)} rows", fields=heads,
                 address=address_of(request))
    return response


def _heads(asked: Asked) -> list[dict[str, str]]:
    """The heads of the table: the score, the account, the other columns."""
    shown = [(key, one.words, one.field, "num" if one.numeric else "")
             for key in asked.columns for one in (COLUMNS[key],)]
    lead = _lead(asked.columns)
    heads = []
    for key, words, field, look in [*shown[:lead], ("name", "Account", "name", ""), *shown[lead:]]:
        mine = key == asked.order
        turned = f"-{key}" if mine and not asked.down else key
        order = ("descending" if asked.down else "ascending") if mine else "none"
        heads.append({"words": words, "order": order if field else "", "look": look,
                      "address": asked.address(sort=turned, page=None) if field else ""})
    return heads


def _columns(asked: Asked) -> list[dict[str, Any]]:
    return [{"key": key, "words": one.words, "on": key in asked.columns} for key, one in COLUMNS.items()]


def _choices(rows: Sequence[Row], asked: Asked) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for name, words in zip(FILTERS, ("Band", "Owner", "Segment", "Tier"), strict=True):
        values = sorted({str(row[name]) for row in rows if row.get(name)})
        if name == "band":
            values = [band.name for band in BANDS if band.name in values]
        options = [(value, value if name == "owner" else name_words(value)) for value in values]
        listed.append({"name": name, "words": words, "values": options, "chosen": asked.filters.get(name, "")})
    return listed


def _cells(row: Row, currency: str, columns: tuple[str, ...]) -> dict[str, Any]:
    cells = []
    for key in columns:
        one = COLUMNS[key]
        cells.append({"words": one.words, "look": one.look, "drawn": one.shown is None,
                      "text": one.shown(row, currency) if one.shown else ""})
    return {"id": row["account_id"], "name": row["name"] or row["account_id"], "chip": chip(row),
            "before": cells[: _lead(columns)], "after": cells[_lead(columns) :]}


def _lead(columns: tuple[str, ...]) -> int:
    """How many columns stand before the account: the score alone."""
    return int(columns[:1] == ("score",))
