"""Who is scored, and the reason for those who are not."""

from __future__ import annotations

import ibis

from holdfast.definitions.settings import Scored
from holdfast.lake.translate import to_ibis


def scored(t: ibis.Table, rule: Scored) -> ibis.BooleanValue:
    """Whether the account is scored on the day.

    Without a rule of the company: a subscription is active; on days on which no subscription of any account
    was known (``contracts_known`` is false), every account that is not churned.
    """
    if rule.when is not None:
        return to_ibis(rule.when, {name: t[name] for name in t.columns}).fill_null(False)
    return ibis.ifelse(t.contracts_known, t.active_subscriptions > 0, (t.lifecycle != "churned").fill_null(True))


def not_scored(t: ibis.Table, rule: Scored) -> ibis.StringValue:
    """The reason in words for an account that is not scored; null for the others."""
    reason = ibis.literal(rule.reason)
    if rule.when is None:
        reason = ibis.ifelse(t.contracts_known, reason, ibis.literal("churned"))
    return ibis.ifelse(t.scored, ibis.null("string"), reason)
