"""The data page: freshness, row accounts, quarantine, conflicts, quality."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.reports.pages.quality import quality_context
from holdfast.reports.words import name_words, plural
from holdfast.web.desk import quality_here


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The state of the data as the lake stands now."""
    document = quality_here()
    rows = Counter[str]()
    for entry in document["quarantine"]:
        rows[entry["source"]] += entry["rows"]
    context = quality_context(document) | {"kept_out": [(s, name_words(s), plural(n, "row")) for s, n in rows.items()]}
    return render(request, "holdfast/data_page.html", context)
