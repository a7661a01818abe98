"""What a case asks approval for, save offers and tier changes: requested, then approved or refused; all is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction

from holdfast.clock import now

from .append_only import AppendOnly
from .case import Case, CaseEvent

if TYPE_CHECKING:
    from .models import User

OFFER, TIER = "offer", "tier"
"""What can be requested: a save offer, or that the account is moved to another service tier."""
ASKER = ""
"""In place of a role: who asked."""
LONGEST = 1_000
"""Characters of terms and reasons."""


class OfferRequest(AppendOnly):
    """One request. ``roles``: the service roles that must all agree, as the guide named them on that day.

    ``offer`` is the name of the save offer, or of the tier, by ``kind``.
    """

    kind = models.CharField(max_length=8, default=OFFER)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    round = models.IntegerField()
    offer = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    terms = models.TextField()
    roles = models.JSONField(default=list)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"offer {self.pk} of {self.case_id}"

    @property
    def state(self) -> str:
        """``refused`` by one role is refused, ``approved`` needs all of them, until then it is ``requested``.

        ``withdrawn`` where who asked took it back before that.
        """
        said = {one.role: one.agreed for one in self.answers.all()}
        if ASKER in said:
            return "withdrawn"
        if not all(said.values()):
            return "refused"
        return "approved" if set(self.roles) <= set(said) else "requested"

    @property
    def waits_for(self) -> list[str]:
        """The roles that have not answered; none where it is refused."""
        if self.state != "requested":
            return []
        said = {one.role for one in self.answers.all()}
        return [role for role in self.roles if role not in said]


class OfferAnswer(AppendOnly):
    """What one role said to a request, once."""

    request = models.ForeignKey(OfferRequest, on_delete=models.PROTECT, related_name="answers")
    role = models.CharField(max_length=40)
    agreed = models.BooleanField()
    why = models.TextField(blank=True)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "role"], name="one_answer_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} to {self.request_id}"


def request_offer(
    case: Case, offer: str, label: str, roles: Sequence[str], terms: str, user: User, kind: str = OFFER
) -> OfferRequest:
    """Ask for an offer, or for another tier, in the present round of a case."""
    with transaction.atomic():
        made = OfferRequest.objects.create(
            kind=kind, case=case, round=case.round, offer=offer, label=label, terms=terms, roles=list(roles),
            author=user, at=now())
        _note(made, user, {"what": "requested", "terms": terms})
        return made


def answer(request: OfferRequest, role: str, agreed: bool, why: str, user: User) -> OfferAnswer | None:
    """A role's answer, which the caller has checked ``user`` may give; None where the request does not wait for it."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=request.case_id)
        held = OfferRequest.objects.get(pk=request.pk)
        if role not in held.waits_for:
            return None
        given = OfferAnswer.objects.create(request=held, role=role, agreed=agreed, why=why, author=user, at=now())
        _note(held, user, {"what": "approved" if agreed else "refused", "role": role, "why": why})
        return given


def withdraw(request: OfferRequest, user: User) -> bool:
    """Take an own request back while it waits; False where it does not wait any more, or is somebody else's."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=request.case_id)
        held = OfferRequest.objects.get(pk=request.pk)
        if held.author_id != user.pk or not held.waits_for:
            return False
        OfferAnswer.objects.create(request=held, role=ASKER, agreed=False, author=user, at=now())
        _note(held, user, {"what": "withdrawn"})
        return True


def offers_of(case: Case) -> list[OfferRequest]:
    """The requests of the present round, newest first, with their answers."""
    found = OfferRequest.objects.filter(case=case, round=case.round).select_related("author")
    return list(found.prefetch_related("answers__author").order_by("-pk"))


def approved_tier(account_id: str) -> OfferRequest | None:
    """The newest change of tier of an account that all roles have approved."""
    found = OfferRequest.objects.filter(kind=TIER, case__key=account_id).select_related("author").order_by("-pk")
    return next((one for one in found.prefetch_related("answers__author") if one.state == "approved"), None)


def _note(request: OfferRequest, user: User, body: dict[str, str]) -> None:
    CaseEvent.objects.create(case_id=request.case_id, at=now(), actor=user, kind=request.kind,
                             body={"offer": request.label, "round": request.round, **body})
