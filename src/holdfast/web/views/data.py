"""The data page: freshness, row accounts, quarantine, conflicts, quality; and the quarantined rows as a file."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.cells import harmless
from holdfast.reports.pages.quality import quality_context
from holdfast.state import audit
from holdfast.web.desk import desk, quality_here
from holdfast.web.login import address_of
from holdfast.web.person import person


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The state of the data as the lake stands now."""
    return render(request, "holdfast/quality.html", quality_context(quality_here()))


@require_safe
def quarantine_csv(request: HttpRequest) -> HttpResponse:
    """Quarantined rows; the raw text only for who may see personal data."""
    here = desk(request)
    rows = here.workspace.quarantine()
    names = [n for n in (rows[0] if rows else {}) if here.scope.personal or n != "raw"]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quarantine.csv"'
    writer = csv.writer(response)
    writer.writerow(names)
    writer.writerows([harmless(row[n]) for n in names] for row in rows)
    audit.record(person(request), "downloaded", "quarantine", f"{len(rows)} rows", fields=names,
                 address=address_of(request))
    return response
