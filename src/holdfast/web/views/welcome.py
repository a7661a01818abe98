"""The one-time link: choose a password, then log in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from holdfast.errors.access import LinkNotUsable
from holdfast.state import audit
from holdfast.state.access import AccessRole, Invitation, pending, redeem
from holdfast.state.models import User
from holdfast.web.login import address_of


class Welcome(forms.Form):
    """E-mail (fixed where the invitation names it) and a password, typed twice."""

    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="Password, at least 12 characters", strip=False,
                               widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(label="The same again", strip=False,
                            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, invitation: Invitation, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        if invitation.email:
            self.fields["email"].initial = invitation.email
            self.fields["email"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Both passwords agree and are strong enough."""
        values = super().clean() or {}
        if "password" in values:
            validate_password(values["password"], User(email=values.get("email", "")))
            if values.get("again") != values["password"]:
                raise forms.ValidationError("The two passwords differ.")
        return values


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the form, or make the account and go to the login."""
    try:
        invitation = pending(secret)
        form = Welcome(invitation, request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = redeem(secret, form.cleaned_data["email"], form.cleaned_data["password"])
            audit.record(user, "joined", "user", str(user.pk), fields=["role"], address=address_of(request))
            return HttpResponseRedirect("/login/")
    except LinkNotUsable as error:
        return render(request, "holdfast/refused.html", {"title": "This link", "words": error.words()}, status=410)
    role = AccessRole(invitation.role).label
    return render(request, "holdfast/welcome.html", {"title": "Welcome", "form": form, "role": role})
