"""The weighed metrics of one scorecard: value, day, score, why missing; and the limits' conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Missing, Scorecard, ScoredMetric

from .choose import condition
from .inputs import COVERED, KEYS, measured_on, records_read
from .reference import References
from .scorers.points import Yardstick, points


@dataclass(frozen=True)
class Item:
    """One weighed metric: its place in the wide table (v0, s0, ...), component, and definition."""

    index: int
    component: str
    name: str
    scored: ScoredMetric
    rule: Missing

    def __getitem__(self, letter: str) -> str:
        return f"{letter}{self.index}"

    @property
    def weight(self) -> float:
        """The nominal weight."""
        return float(self.scored.weight)


def items(card: Scorecard) -> list[Item]:
    """The weighed metrics of a scorecard in their order."""
    flat = [(c, name, m) for c, part in card.components.items() for name, m in part.metrics.items()]
    return [Item(i, c, name, m, m.missing or card.missing) for i, (c, name, m) in enumerate(flat)]


def measure(
    table: ir.Table,
    card: Scorecard,
    references: References,
    definitions: Mapping[str, Metric],
    *,
    only: frozenset[str] | None = None,
    carry: Sequence[str] = (),
    details: bool = False,
) -> ir.Table:
    """Score the weighed metrics of each row of ``table``, or ``only`` those named.

    Columns: s with the metric's number (its score), l0.. the limits' conditions with fresh values only,
    u0.. whether missing inputs leave a condition open; with ``details`` also v, o and r (value, day
    measured, why missing). The columns named in ``carry`` stay.
    """
    wanted = [i for i in items(card) if only is None or i.name in only]
    made: dict[str, ir.Value] = {}
    fresh: dict[str, ir.Value] = {name: table[name] for name in table.columns}
    for item in wanted:
        value = table[item.name]
        day = measured_on(table, item.name, definitions)
        stale = _stale(table, item, day)
        score = points(value, item.scored.score, _yardstick(table, card, item, references, definitions))
        if stale is not None:
            score = ibis.cases((stale, ibis.null("float64")), else_=score)
            fresh[item.name] = ibis.cases((stale, ibis.null("float64")), else_=value)
        made[item["s"]] = score
        if details:
            made[item["v"]] = value
            made[item["o"]] = ibis.null("date") if day is None else day
            made[item["r"]] = _reason(table, item, stale, score, definitions)
    for number, limit in enumerate(card.limits):
        made[f"l{number}"] = condition(limit.when, fresh)
    open_now = {
        f"u{number}": made[f"l{number}"].isnull() & _any_missing(made, wanted, limit.when.names)
        for number, limit in enumerate(card.limits)
    }
    kept = [c for c in table.columns if c in KEYS or c.startswith("since") or c in carry]
    return table.select(*kept, **made, **open_now)


def _yardstick(
    table: ir.Table, card: Scorecard, item: Item, references: References, definitions: Mapping[str, Metric]
) -> Yardstick:
    reference = references.get(card, item.name)
    return Yardstick(
        column=lambda name: table[name],
        labels=definitions[item.name].labels if item.name in definitions else {},
        p90=reference.p90 if reference else None,
        peers=reference.peers if reference else {},
    )


def _any_missing(made: Mapping[str, ir.Value], listed: list[Item], names: frozenset[str]) -> ir.BooleanValue:
    gaps = [made[item["s"]].isnull() for item in listed if item.name in names]
    return reduce(lambda a, b: a | b, gaps) if gaps else ibis.literal(False)


def _stale(table: ir.Table, item: Item, day: ir.DateValue | None) -> ir.BooleanValue | None:
    if item.scored.max_age is None or day is None:
        return None
    longest = int(item.scored.max_age.removesuffix("d"))
    return (table.as_of.delta(day, unit="day") > longest).fill_null(True)


def _reason(
    table: ir.Table,
    item: Item,
    stale: ir.BooleanValue | None,
    score: ir.FloatingValue,
    definitions: Mapping[str, Metric],
) -> ir.StringValue:
    """Why the metric is missing; null where it counts."""
    branches: list[tuple[ir.BooleanValue, object]] = [(score.notnull(), ibis.null("string"))]
    for record in records_read(item.name, definitions):
        if COVERED + record in table.columns:
            branches.append((table[COVERED + record].isnull(), f"no {record} data"))
    branches.append((table[item.name].isnull(), "no value"))
    if stale is not None:
        branches.append((stale, f"older than {item.scored.max_age}"))
    return ibis.cases(*branches, else_="nothing to compare with")
