"""One scorecard over the rows it applies to, as a wide table: values, points, weights, coverage, bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Missing, Scorecard, ScoredMetric

from .choose import condition
from .inputs import COVERED, KEYS, measured_on, records_read
from .reference import References
from .scorers.points import Yardstick, points, reach

HIGH_IS_BAD = ("risk",)
MIDDLE = 50.0
TOLERANCE = 1e-12


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


def items(card: Scorecard) -> list[Item]:
    """The weighed metrics of a scorecard in their order."""
    flat = [(c, name, m) for c, part in card.components.items() for name, m in part.metrics.items()]
    return [Item(i, c, name, m, m.missing or card.missing) for i, (c, name, m) in enumerate(flat)]


def weigh(table: ir.Table, card: Scorecard, references: References, definitions: Mapping[str, Metric]) -> ir.Table:
    """Add to each row of ``table`` everything but the limits.

    Columns: v, o, r, s, e, p with the metric's number (value, day measured, why missing, score, effective
    weight, points); e_, c_, n_ with the component's number (effective weight, contribution, score);
    coverage, imputed (points by a missing rule), base, low and high before limits, l0.. the limits'
    conditions with fresh values only, u0.. whether missing inputs leave a condition open.
    """
    listed = items(card)
    one = _measure(table, card, listed, references, definitions)
    two = one.mutate(**dict(_shares(one, card, listed)))
    three = two.mutate(**dict(_effective(two, card, listed)))
    four = three.mutate(**dict(_earned(three, card, listed)))
    return four.mutate(**dict(_totals(four, card, listed)))


def _measure(
    table: ir.Table,
    card: Scorecard,
    listed: list[Item],
    references: References,
    definitions: Mapping[str, Metric],
) -> ir.Table:
    """Value, day, score and reason of each metric, and the limits' conditions."""
    made: dict[str, ir.Value] = {}
    fresh: dict[str, ir.Value] = {name: table[name] for name in table.columns}
    for item in listed:
        value = table[item.name]
        day = measured_on(table, item.name, definitions)
        stale = _stale(table, item, day)
        reference = references.get(card, item.name)
        yardstick = Yardstick(
            column=lambda name: table[name],
            labels=_labels(item, definitions),
            p90=reference.p90 if reference else None,
            peers=reference.peers if reference else {},
        )
        score = points(value, item.scored.score, yardstick)
        if stale is not None:
            score = ibis.cases((stale, ibis.null("float64")), else_=score)
            fresh[item.name] = ibis.cases((stale, ibis.null("float64")), else_=value)
        made[item["v"]] = value
        made[item["o"]] = ibis.null("date") if day is None else day
        made[item["s"]] = score
        made[item["r"]] = _reason(table, item, stale, score, definitions)
    for number, limit in enumerate(card.limits):
        made[f"l{number}"] = condition(limit.when, fresh)
    open_now = {
        f"u{number}": made[f"l{number}"].isnull() & _any_missing(made, listed, limit.when.names)
        for number, limit in enumerate(card.limits)
    }
    kept = [c for c in table.columns if c in KEYS or c.startswith("since")]
    return table.select(*kept, **made, **open_now)


def _any_missing(made: Mapping[str, ir.Value], listed: list[Item], names: frozenset[str]) -> ir.BooleanValue:
    gaps = [made[item["s"]].isnull() for item in listed if item.name in names]
    return reduce(lambda a, b: a | b, gaps) if gaps else ibis.literal(False)


def _stale(table: ir.Table, item: Item, day: ir.DateValue | None) -> ir.BooleanValue | None:
    if item.scored.max_age is None or day is None:
        return None
    longest = int(item.scored.max_age.removesuffix("d"))
    return (table.as_of.delta(day, unit="day") > longest).fill_null(True)


def _labels(item: Item, definitions: Mapping[str, Metric]) -> Mapping[float, str]:
    return definitions[item.name].labels if item.name in definitions else {}


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


def _shares(table: ir.Table, card: Scorecard, listed: list[Item]) -> Iterator[tuple[str, ir.Value]]:
    """For each component, the weight that stays in place; and the weight with fresh data."""
    for number, name in enumerate(card.components):
        inside = [i for i in listed if i.component == name]
        yield (
            f"h{number}",
            total(
                [
                    ibis.literal(kept) if (kept := _kept(i)) else _if_present(table, i, float(i.scored.weight), 0.0)
                    for i in inside
                ]
            ),
        )
    whole = sum(i.scored.weight for i in listed)
    present = total([_if_present(table, i, float(i.scored.weight), 0.0) for i in listed])
    yield "coverage", present / whole if whole else ibis.literal(0.0)


def _kept(item: Item) -> float:
    return 0.0 if item.rule == "redistribute" else float(item.scored.weight)


def _if_present(table: ir.Table, item: Item, then: float | ir.Value, otherwise: float | ir.Value) -> ir.Value:
    return ibis.cases((table[item["s"]].notnull(), then), else_=otherwise)


def _effective(table: ir.Table, card: Scorecard, listed: list[Item]) -> Iterator[tuple[str, ir.Value]]:
    """Effective weight of each component, and how much each weight in it is stretched."""
    nominal = {name: weight(card, name) for name in card.components}
    live = total([ibis.cases((table[f"h{n}"] > 0.0, nominal[name]), else_=0.0) for n, name in enumerate(nominal)])
    stretch = ibis.literal(100.0) / live.nullif(0.0)
    for number, name in enumerate(nominal):
        held = table[f"h{number}"]
        yield f"e_{number}", ibis.cases((held > 0.0, stretch * nominal[name]), else_=0.0)
        yield f"g{number}", ibis.cases((held > 0.0, stretch * nominal[name] / held.nullif(0.0)), else_=0.0)
    yield "live", live > 0.0


def _earned(table: ir.Table, card: Scorecard, listed: list[Item]) -> Iterator[tuple[str, ir.Value]]:
    """Effective weight and points of each metric."""
    order = list(card.components)
    for item in listed:
        effective = table[f"g{order.index(item.component)}"] * item.scored.weight
        score = table[item["s"]]
        yield item["e"], effective if _kept(item) else _if_present(table, item, effective, 0.0)
        yield item["p"], ibis.cases((score.notnull(), effective * score / 100.0), else_=0.0)


def _totals(table: ir.Table, card: Scorecard, listed: list[Item]) -> Iterator[tuple[str, ir.Value]]:
    """Contributions, imputed points, the score before limits, and its bounds under full weights."""
    contributions = []
    for number, name in enumerate(card.components):
        inside = [i for i in listed if i.component == name]
        contribution = total([table[i["p"]] for i in inside])
        contributions.append(contribution)
        weighed = total([_if_present(table, i, table[i["e"]], 0.0) for i in inside])
        yield f"c_{number}", contribution
        yield f"n_{number}", contribution * 100.0 / weighed.nullif(0.0)
    imputed = total(
        [
            _if_present(table, i, 0.0, table[i["e"]] * (worth / 100.0))
            for i in listed
            if (worth := imputed_score(card, i))
        ]
    )
    whole = float(sum(i.scored.weight for i in listed)) or 1.0
    known = total([(table[i["s"]] * (i.scored.weight / whole)).fill_null(0.0) for i in listed])
    yield "imputed", imputed
    yield "base", total(contributions) + imputed
    yield "low0", known
    yield "high0", known + (ibis.literal(1.0) - table.coverage) * 100.0


def imputed_score(card: Scorecard, item: Item) -> float:
    """The score that a missing metric counts with: neutral 50, zero 0, worst the scorer's worst end."""
    if item.rule == "neutral":
        return MIDDLE
    if item.rule == "worst":
        least, most = reach(item.scored.score)
        return most if card.dial in HIGH_IS_BAD else least
    return 0.0


def weight(card: Scorecard, component: str) -> float:
    """Nominal weight of a component: the sum of its metrics' weights."""
    return float(sum(m.weight for m in card.components[component].metrics.values()))


def total(values: list[ir.Value]) -> ir.Value:
    """The sum of expressions; 0 for none."""
    return reduce(add, values) if values else ibis.literal(0.0)
