"""The audit log, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast.errors.access import AuditBroken
from holdfast.state.audit import AuditEntry, verify
from holdfast.state.audit_anchor import anchors
from holdfast.state.models import User
from holdfast.web.desk import workspace_here

MOST = 200


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The newest entries, and whether the chain holds."""
    broken: dict[str, str] | None = None
    try:
        count = verify(anchors(workspace_here().site.data))
    except AuditBroken as error:
        count, broken = AuditEntry.objects.count(), error.words()
    names = dict(User.objects.values_list("pk", "email"))
    entries = [
        {"entry": entry, "actor": "nobody" if entry.actor is None else names.get(entry.actor, f"user {entry.actor}")}
        for entry in AuditEntry.objects.order_by("-number")[:MOST]
    ]
    context = {"title": "Audit log", "entries": entries, "shown": len(entries), "count": count, "broken": broken}
    return render(request, "holdfast/audit.html", context)
