"""Service tiers: what an account of a tier gets, and how many of them one person can look after."""

from __future__ import annotations

from .expression import Expression
from .model import Definition


class ServiceTier(Definition):
    """The service of one band of the dial tier. Spans are days; null means that nothing of the kind is promised.

    ``value_tier`` names the tier by revenue whose accounts get this service while their tier score is not known.
    ``customers`` and ``revenue`` are the expected shares of the accounts and of the revenue in that tier by revenue,
    from and to, 0 to 1; null where nothing is expected. ``approval``: the service roles that must all agree before
    an account is moved to this tier.
    """

    tier: str
    label: str
    value_tier: str
    model: str
    accounts_per_csm: float
    outreach_days: int | None = None
    review_days: int | None = None
    executive_days: int | None = None
    customers: tuple[float, float] | None = None
    revenue: tuple[float, float] | None = None
    approval: tuple[str, ...] = ("manager",)
    executive_access: str
    success_plan: str
    support: str


class UsagePattern(Definition):
    """A way of using the product; the first whose condition holds is the account's."""

    pattern: str
    label: str
    when: Expression
    action: str
