"""Since when each expiring limit has held, from daily values of its condition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Snapshot
from holdfast.metrics.evaluate import frame_columns, metric_table
from holdfast.scoring.choose import by_dial
from holdfast.scoring.limits import daily_conditions, days_needed, expiring, held_since
from holdfast.segments.frame import account_frame


def held_limits(
    snapshot: Snapshot, definitions: Definitions, days: Sequence[date]
) -> ir.Table | None:
    """account_id, as_of, scorecard, limit, held_since for ``days``; None where no limit expires.

    The condition is looked at on every day back to the longest expiry, whatever days are stored.
    """
    cards = _cards(definitions)
    reach = days_needed(cards)
    if not reach:
        return None
    daily = sorted({day - timedelta(days=back) for day in days for back in range(reach)})
    engine = snapshot.engine
    names = sorted(_names(cards) & set(definitions.metrics))
    accounts = account_frame(snapshot, definitions, daily, "known")
    read = _names(cards) | frame_columns(definitions.metrics, names)
    frame = engine.cache(accounts.select("account_id", "as_of", *sorted(read & set(accounts.columns))))
    metrics = metric_table(snapshot, definitions, frame, names, "known")
    conditions = daily_conditions(frame, metrics, cards, definitions.metrics)
    if conditions is None:
        return None
    since = held_since(engine.cache(conditions))
    return engine.cache(since.filter(since.as_of.isin(sorted(set(days)))))


def _cards(definitions: Definitions) -> list[Scorecard]:
    """The scorecards of every dial in which some limit expires: which one applies decides its limits."""
    dials = by_dial(definitions.scorecards.values()).values()
    return [card for cards in dials if any(expiring(c) for c in cards) for card in cards]


def _names(cards: list[Scorecard]) -> set[str]:
    conditions = [c.applies.when for c in cards if c.applies.when]
    conditions += [limit.when for c in cards for _, limit, _ in expiring(c)]
    return set().union(*(c.names for c in conditions)) if conditions else set()
