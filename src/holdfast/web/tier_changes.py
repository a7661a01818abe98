"""Moving an account to another service tier: what can be requested in a case, and what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.definitions.service_tier import ServiceTier
from holdfast.portfolio import tiers
from holdfast.reports.words import day_short
from holdfast.state.case import Case
from holdfast.state.case_offer import TIER, OfferRequest, approved_tier

from .desk import Desk
from .offers import approvers, requested
from .sections import Viewer
from .staff import staff_name


def tier_panel(case: Case, row: Mapping[str, Any], here: Desk, who: Viewer) -> dict[str, Any]:
    """What the page of a case shows: the tier by the records, requests with their answers, and the other tiers."""
    tier, by = tiers.assigned(row, here.workspace.site.definitions.service)
    return {
        "tier_now": f"{tier.label} by the records ({by})" if tier else "unknown by the records",
        "tier_approved": approved_words(approved_tier(case.key), row, here),
        "tier_requests": requested(case, TIER, row, here, who),
        "tier_others": [{"name": one.tier, "label": one.label, "roles": approvers(one.approval)}
                        for one in others(row, here)],
    }


def others(row: Mapping[str, Any], here: Desk) -> list[ServiceTier]:
    """The tiers that an account can be moved to."""
    service = here.workspace.site.definitions.service
    tier, _ = tiers.assigned(row, service)
    return [one for one in service if tier is None or one.tier != tier.tier]


def approved_words(request: OfferRequest | None, row: Mapping[str, Any], here: Desk) -> str:
    """Which tier was approved, when and by whom, and whether the records know it; empty where none was."""
    if request is None:
        return ""
    definitions = here.workspace.site.definitions
    zone = ZoneInfo(definitions.settings.time_zone)
    answers = list(request.answers.all())
    moment = max((one.at for one in answers), default=request.at)
    day = day_short(moment.astimezone(zone).date(), now().astimezone(zone).date())
    whom = " and ".join(staff_name(one.author.email, here) for one in answers) or "nobody, as none has to agree"
    tier, _ = tiers.assigned(row, definitions.service)
    known = "the records say the same" if tier is not None and tier.tier == request.offer else (
        f"the records still say {tier.label if tier else 'nothing'}")
    return f"{request.label} was approved {day} by {whom}; {known}."
