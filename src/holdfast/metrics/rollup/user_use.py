"""What each user did in two spans of equal length, from user-days of the roll-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from .columns import RollupColumn
from .merge import MERGES, bit_count

N = RollupColumn("n")
ACTIONS = RollupColumn("sum", "quantity")
FEATURES = RollupColumn("mask", "feature")
MACHINES = RollupColumn("n", where="channel in ('api', 'automation')")
USE_COLUMNS = (N, ACTIONS, FEATURES, MACHINES)
DAYS = 28
"""Days of a span: four whole weeks, so that every weekday counts as often in both."""


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @classmethod
    def upto(cls, last: date, days: int = DAYS) -> Span:
        """The span of so many days that ends on ``last``.

        >>> Span.upto(date(2026, 3, 28)).first
        datetime.date(2026, 3, 1)
        """
        return cls(last - timedelta(days=days - 1), last)

    def holds(self, day: ir.DateValue) -> ir.BooleanValue:
        """Whether a day lies in it."""
        return day.between(ibis.date(self.first.isoformat()), ibis.date(self.last.isoformat()))


def feature_words(columns: Sequence[str]) -> list[str]:
    """Those of the columns that hold the mask of the features, in the order of their bits."""
    found = [n for n in columns if FEATURES.holds(n)]
    return sorted(found, key=lambda n: int(n.rpartition("__")[2]))


def person_days(rows: ir.Table, last: date) -> ir.Table:
    """One row a user and day with anything done by a person, up to ``last``."""
    kept = rows.filter(rows[N.name] > 0, rows.user_key.notnull(), rows.day <= ibis.date(last.isoformat()))
    merged = {name: MERGES["bit_or"](kept[name]) for name in feature_words(kept.columns)}
    merged |= {ACTIONS.name: MERGES["sum"](kept[ACTIONS.name])} if ACTIONS.name in kept.columns else {}
    return kept.group_by("account_id", "user_key", "day").aggregate(
        sources=kept.source.nunique().cast("int64"), **merged)


def user_use(days: ir.Table, spans: Mapping[str, Span], early_days: int) -> ir.Table:
    """One row a user of ``person_days``.

    By the name of each span the active days in it; ``features``: how many different ones, ``actions``: how
    many, both in the span ``after``; ``first_on``, ``last_on``: ever; ``early``: active days among the first
    ``early_days``.
    """
    key = ["account_id", "user_key"]
    first = ibis.window(group_by=key)
    placed = days.mutate(first_on=days.day.min().over(first))
    inside = spans["after"].holds(placed.day)
    words = feature_words(days.columns)
    used: ir.Value = ibis.literal(0, "int64")
    totals: dict[str, ir.Value] = {
        **{name: span.holds(placed.day).cast("int64").sum().cast("int64") for name, span in spans.items()},
        "first_on": placed.first_on.min(), "last_on": placed.day.max(),
        "early": (placed.day.delta(placed.first_on, unit="day") < early_days).cast("int64").sum().cast("int64"),
    }
    zero = ibis.literal(0, "int64")
    totals |= {word: MERGES["bit_or"](ibis.ifelse(inside, placed[word], zero)) for word in words}
    if ACTIONS.name in days.columns:
        totals["actions"] = ibis.ifelse(inside, placed[ACTIONS.name], 0).sum().cast("float64")
    found = placed.group_by(key).aggregate(**totals)
    for word in words:
        used = used + bit_count(found[word]).cast("int64")
    features = used if words else ibis.null("int64")
    actions = found.actions if "actions" in found.columns else ibis.null("float64")
    return found.select(*key, *spans, "first_on", "last_on", "early", features=features, actions=actions)
