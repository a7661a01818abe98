"""User-days of two spans by feature and by source, as exact counts that a reader can share out."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from .user_use import MACHINES, N, Span, feature_words

SPANS = ("before", "after")


def by_features(days: ir.Table, before: Span, after: Span) -> ir.Table:
    """(account_id, span, the words of the mask, user_days): user-days by the exact set of features used on them."""
    placed = _placed(days, before, after)
    key = ("account_id", "span", *feature_words(days.columns))
    return placed.group_by(key).aggregate(user_days=placed.count().cast("int64"))


def by_source(rows: ir.Table, days: ir.Table, before: Span, after: Span) -> ir.Table:
    """(account_id, span, source, of, user_days): user-days on which the source is one of ``of`` sources."""
    seen = rows.filter(rows[N.name] > 0, rows.user_key.notnull()).select("account_id", "user_key", "day", "source")
    both = seen.distinct().inner_join(
        days.select("account_id", "user_key", "day", of="sources"), ["account_id", "user_key", "day"])
    placed = _placed(both, before, after)
    return placed.group_by("account_id", "span", "source", "of").aggregate(user_days=placed.count().cast("int64"))


def beside(rows: ir.Table, before: Span, after: Span) -> ir.Table:
    """(account_id, span, without_user, machines): events without a user; those of API and automation."""
    placed = _placed(rows, before, after)
    nobody = ibis.ifelse(placed.user_key.isnull(), placed[N.name], 0).sum().cast("int64")
    machines = placed[MACHINES.name].sum().cast("int64") if MACHINES.name in rows.columns else ibis.null("int64")
    return placed.group_by("account_id", "span").aggregate(without_user=nobody, machines=machines)


def _placed(days: ir.Table, before: Span, after: Span) -> ir.Table:
    span = ibis.cases((before.holds(days.day), SPANS[0]), (after.holds(days.day), SPANS[1]),
                      else_=ibis.null("string"))
    placed = days.mutate(span=span)
    return placed.filter(placed.span.notnull())
