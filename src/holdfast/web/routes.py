"""Every address of the application with who may open it, and the gate that holds to this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from .desk import desk
from .rights import Area

Who = Literal["anyone", "signed in"]


@dataclass(frozen=True)
class Route:
    """An address below the root, the view ``module.function`` behind it, and the area it belongs to."""

    path: str
    view: str
    name: str
    who: Area | Who


ROUTES: tuple[Route, ...] = (
    Route("", "home.home", "home", "signed in"),
    Route("health", "home.health", "health", "anyone"),
    Route("theme", "home.theme", "theme", "signed in"),
    Route("jump", "jump.jump", "jump", "signed in"),
    Route("views", "saved_views.save", "view_save", "signed in"),
    Route("views/<int:view_id>/delete", "saved_views.delete", "view_delete", "signed in"),
    Route("welcome/<str:secret>", "welcome.welcome", "welcome", "anyone"),
    Route("worklist", "worklist.worklist", "worklist", "cases"),
    Route("worklist/act", "case_acts.act", "case_act", "cases"),
    Route("worklist/undo", "case_acts.undo", "case_undo", "cases"),
    Route("worklist/panel/<path:account_id>", "worklist.panel", "case_panel", "cases"),
    Route("cases/<path:account_id>/document", "cases.document", "case_document", "cases"),
    Route("cases/<path:account_id>/offer", "case_offers.ask", "case_offer", "cases"),
    Route("cases/<path:account_id>/tier", "case_offers.ask_tier", "case_tier", "cases"),
    Route("cases/<path:account_id>/offer/withdraw", "case_offers.take_back", "case_offer_withdraw", "cases"),
    Route("cases/<path:account_id>/words/undo", "cases.undo_words", "case_words_undo", "cases"),
    Route("cases/<path:account_id>/offer/answer", "case_offers.say", "case_offer_answer", "cases"),
    Route("cases/<path:account_id>/words", "cases.write", "case_words", "cases"),
    Route("cases/<path:account_id>", "cases.case", "case", "cases"),
    Route("accounts", "accounts.accounts", "accounts", "accounts"),
    Route("accounts.csv", "accounts.accounts_csv", "accounts_csv", "accounts"),
    Route("accounts/<path:account_id>/rows/<slug:metric>", "account.rows", "account_rows", "accounts"),
    Route("accounts/<path:account_id>/notes", "notes.write", "note", "cases"),
    Route("accounts/<path:account_id>/roles", "roles.assign", "roles", "cases"),
    Route("accounts/<path:account_id>/investigated", "green_marks.investigated", "green_mark", "cases"),
    Route("accounts/<path:account_id>/value", "values.act", "value", "cases"),
    Route("accounts/<path:account_id>/value/asked", "values.asked", "value_asked", "cases"),
    Route("accounts/<path:account_id>", "account.account", "account", "accounts"),
    Route("portfolio", "portfolio.portfolio", "portfolio", "portfolio"),
    Route("scorecards", "scorecards.scorecard_list", "scorecards", "method"),
    Route("scorecards/<path:name>", "scorecards.one_scorecard", "scorecard", "method"),
    Route("signals", "signals.signals", "signals", "method"),
    Route("data", "data.data", "data", "data"),
    Route("data/quarantine.csv", "quarantine.rows_csv", "quarantine_csv", "data"),
    Route("data/quarantine/replay", "quarantine.replay", "quarantine_replay", "data"),
    Route("data/quarantine/of/<path:source>", "quarantine.rows", "quarantine", "data"),
    Route("people", "people.people", "people", "people"),
    Route("people/invite", "people.invite", "invite", "people"),
    Route("people/<int:user_id>", "people.change", "person", "people"),
    Route("audit", "audit.audit", "audit", "audit"),
)

EXPORTS = frozenset({"accounts_csv", "quarantine_csv"})
"""Routes that answer with a file of rows."""

LOGIN: dict[str, Who] = {
    "account_login": "anyone",
    "account_logout": "signed in",
    "account_change_password": "signed in",
    "account_reauthenticate": "signed in",
    "mfa_authenticate": "anyone",
    "mfa_index": "signed in",
    "mfa_reauthenticate": "signed in",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "signed in",
    "mfa_view_recovery_codes": "signed in",
    "mfa_generate_recovery_codes": "signed in",
    "mfa_download_recovery_codes": "signed in",
    "usersessions_list": "signed in",
    "openid_connect_login": "anyone",
    "openid_connect_callback": "anyone",
}
"""The pages of the login library that are in use; all its others are shut."""

_WHO = {**{route.name: route.who for route in ROUTES}, **LOGIN}


def who_may(name: str | None) -> Area | Who | None:
    """Who may open the address of that name; None where nobody said so, which shuts it."""
    return _WHO.get(name or "")


class Gate:
    """Middleware: an address that is not in the table is shut; the others ask for login and area."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], words: Any, named: Any
    ) -> HttpResponse | None:
        """Let through, send to the login, or refuse."""
        match = request.resolver_match
        who = who_may(match.url_name if match else None)
        if who == "anyone":
            return None
        if who is None:
            return refused(request, 404)
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"/login/?next={quote(request.get_full_path(), safe='/')}")
        if who == "signed in" or who in desk(request).scope.areas:
            return None
        return refused(request, 403)


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """The page for what is not there, or not for this person."""
    return render(request, "holdfast/refused.html", {"status": status, "title": "Not here"}, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without the token of our own page."""
    context = {"status": 403, "title": "Not sent", "forged": True}
    return render(request, "holdfast/refused.html", context, status=403)
