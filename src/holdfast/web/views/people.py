"""Who may log in: their roles, invitations, and switching somebody off."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from holdfast.state import audit
from holdfast.state.access import AccessRole, Invitation
from holdfast.state.access import invite as make_link
from holdfast.state.models import User
from holdfast.web.login import address_of
from holdfast.web.person import person as asker
from holdfast.web.routes import refused


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a login, and open invitations."""
    return render(request, "holdfast/people.html", _listed(request))


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make a one-time link and show it, this once."""
    email, role = request.POST.get("email", "").strip().lower(), request.POST.get("role", "")
    if role not in AccessRole.values or "@" not in email or User.objects.filter(email=email).exists():
        problem = "Give an e-mail that has no login yet, and a role."
        return render(request, "holdfast/people.html", _listed(request) | {"problem": problem}, status=400)
    with transaction.atomic():
        secret = make_link(AccessRole(role), email)
        audit.record(asker(request), "invited", "user", email, fields=["role"], address=address_of(request))
    link = request.build_absolute_uri(f"/welcome/{secret}")
    return render(request, "holdfast/people.html", _listed(request) | {"link": link, "invited": email})


@require_POST
def change(request: HttpRequest, user_id: int) -> HttpResponse:
    """Another role, or switched off: then every session of that person ends at once."""
    person = get_object_or_404(User, pk=user_id)
    role, active = request.POST.get("role", person.role), request.POST.get("active", "yes") == "yes"
    if role not in AccessRole.values or person.pk == request.user.pk:
        return refused(request, 403)
    with transaction.atomic():
        fields = ["role"] * (role != person.role) + ["is_active"] * (active != person.is_active)
        User.objects.filter(pk=person.pk).update(role=role, is_active=active)
        audit.record(asker(request), "changed", "user", str(person.pk), fields=fields, address=address_of(request))
    _end_sessions(person)
    return HttpResponseRedirect("/people")


def _end_sessions(person: User) -> None:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _listed(request: HttpRequest) -> dict[str, object]:
    return {
        "title": "People",
        "people": [{"user": user, "role": AccessRole(user.role).label, "self": user.pk == request.user.pk}
                   for user in User.objects.order_by("email")],
        "roles": AccessRole.choices,
        "open": Invitation.objects.filter(used_at=None).order_by("-created_at"),
    }
