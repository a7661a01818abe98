"""The rules of signals in the browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.reports.pages.signal_rules import signal_rules_context
from holdfast.state.case import CaseVerdict
from holdfast.web.desk import desk
from holdfast.workspace.signal_rules import signal_rules

from .nothing import nothing_yet
from .scorecards import only


@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """Each rule over the accounts that this person sees; made anew after a publish or a judgement."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Signals")
    published = here.workspace.published
    judged = CaseVerdict.objects.order_by("-at").values_list("at", flat=True).first()

    def make() -> dict[str, Any]:
        return signal_rules_context(signal_rules(published, only(here)))

    key = ("signal rules", here.scope.owners, judged, CaseVerdict.objects.count())
    return render(request, "holdfast/signals.html", published.kept(key, make))
