"""Rows that were kept out: looked at by source, downloaded, corrected, tried again."""

from __future__ import annotations

import csv
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from holdfast.cells import harmless
from holdfast.charts.number import number
from holdfast.errors import UserError
from holdfast.errors.batch import BadCorrections
from holdfast.ingest.quarantine import Corrections, corrections_in, shown
from holdfast.ingest.replay import ReplayOutcome
from holdfast.reports.words import name_words, plural
from holdfast.state import audit
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.workspace.quarantine import replay_corrected
from holdfast.workspace.quarantine import rows as rows_of

MOST = 200
LARGEST = 20_000_000
"""Bytes of a corrected file."""


@require_safe
def rows(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of one source with their reasons; as they came only for who may see personal data."""
    here = desk(request)
    personal = here.scope.personal
    found = rows_of(here.workspace.site, source, raw=personal)
    listed = [
        {"file": row["file"] or "–", "line": "–" if row["line"] is None else number(row["line"]), "help": row["help"],
         "reason": name_words(row["reason"]), "column": row["column"] or "–", "raw": shown(row["raw"] or "")[:300]}
        for row in found[:MOST]
    ]
    if personal:
        audit.record(person(request), "looked at", "quarantine", f"{len(listed)} rows", fields=["raw"],
                     address=address_of(request))
    context = {
        "title": f"Quarantine of {name_words(source)}", "source": source, "words": name_words(source), "rows": listed,
        "count": len(found), "summary": f"{plural(len(found), 'row')} kept out of every score", "personal": personal,
        "shown": f"{number(len(listed))} of {number(len(found))}, in order of batch and line",
        "csv": f"{reverse('quarantine_csv')}?{urlencode({'source': source})}",
        "crumb_up": {"to": reverse("data"), "words": "Data quality"},
    }
    return render(request, "holdfast/quarantine.html", context)


@require_safe
def rows_csv(request: HttpRequest) -> HttpResponse:
    """Quarantined rows, to be corrected in the column raw; that one only for who may see personal data."""
    here = desk(request)
    personal = here.scope.personal
    found = rows_of(here.workspace.site, request.GET.get("source") or None, raw=personal)
    names = [n for n in (found[0] if found else {}) if personal or n != "raw"]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quarantine.csv"'
    writer = csv.writer(response)
    writer.writerow(names)
    writer.writerows([_cell(name, row[name]) for name in names] for row in found)
    audit.record(person(request), "downloaded", "quarantine", f"{len(found)} rows", fields=names,
                 address=address_of(request))
    return response


@require_POST
def replay(request: HttpRequest) -> HttpResponse:
    """Try the rows of a corrected file again, and say what became of them."""
    here, me, source = desk(request), person(request), request.POST.get("source", "")
    back = HttpResponseRedirect(reverse("quarantine", args=[source]) if source else reverse("data"))
    try:
        corrections = _uploaded(request)
        outcome = replay_corrected(here.workspace.site, corrections, f"user {me.pk}")
    except UserError as error:
        words = error.words()
        messages.error(request, f"Nothing was changed. {words['where']}: {words['reason']}.")
        return back
    moved = outcome.kept + outcome.duplicate + outcome.filtered
    audit.record(me, "replayed", "quarantine", f"{moved} of {len(corrections)} rows", fields=["raw"],
                 address=address_of(request))
    messages.info(request, _said(outcome, len(corrections)))
    return back


def _cell(name: str, value: Any) -> Any:
    """Raw rows are written as the correction reads them, which already takes formulas for text."""
    return shown(value or "") if name == "raw" else harmless(value)


def _uploaded(request: HttpRequest) -> Corrections:
    file = request.FILES.get("file")
    if file is None:
        raise BadCorrections(path="Corrected file", what="no file was chosen")
    name = str(file.name)[:80]
    if (file.size or 0) > LARGEST:
        raise BadCorrections(path=name, what=f"the file is larger than {LARGEST // 1_000_000} MB")
    found = corrections_in(BytesIO(file.read()), name)
    if not found:
        raise BadCorrections(path=name, what="the file holds no row")
    return found


def _said(outcome: ReplayOutcome, given: int) -> str:
    moved = outcome.kept + outcome.duplicate + outcome.filtered
    parts = [
        f"{plural(given, 'row')} in the file: {number(outcome.kept)} kept",
        f"{number(outcome.duplicate)} known already", f"{number(outcome.filtered)} filtered",
        f"{number(outcome.tried - moved)} still in quarantine",
    ]
    if given > outcome.tried:
        parts.append(f"{number(given - outcome.tried)} not in quarantine, or not any more")
    return f"{', '.join(parts)}. " + ("The next run takes up what was kept." if moved else "Nothing moved.")
