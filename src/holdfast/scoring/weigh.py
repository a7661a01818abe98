"""From scored metrics to components and the score before limits: weights, contributions, coverage, bounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir

from holdfast.definitions.scorecard import Scorecard

from .measure import Item, items
from .scorers.points import reach

HIGH_IS_BAD = ("risk",)
MIDDLE = 50.0
TOLERANCE = 1e-12
SUMS = ("present", "known", "held", "imputed")
"""What the sums of a component are called where they are stored (see ``sums``)."""


def weigh(measured: ir.Table, card: Scorecard) -> ir.Table:
    """Everything but the limits for each row of a measured table; its own columns stay.

    Adds the columns of ``sums`` and ``totals``.
    """
    return totals(sums(measured, card), card)


def counted(measured: ir.Table, card: Scorecard) -> ir.Table:
    """Add how many metrics are missing (absent), and for how many of them a missing rule gives points (gaps)."""
    listed = items(card)
    return measured.mutate(
        absent=_missing(measured, listed), gaps=_missing(measured, [i for i in listed if _kept(i)])
    )


def _missing(measured: ir.Table, listed: list[Item]) -> ir.IntegerValue:
    return sum((_if_present(measured, i, 0, 1) for i in listed), ibis.literal(0))


def sums(measured: ir.Table, card: Scorecard, components: Iterable[str] | None = None) -> ir.Table:
    """Add what each component comes to by itself, whatever the others do; or ``components`` only.

    With the component's number: f (weight with fresh data), k (points of that weight), h (weight that
    stays in place: all but what is redistributed), i (points by a missing rule).
    """
    made: dict[str, ir.Value] = {}
    wanted = set(card.components if components is None else components)
    for number, name in enumerate(card.components):
        if name in wanted:
            inside = [i for i in items(card) if i.component == name]
            made |= {column(letter, number): value for letter, value in _of_component(measured, card, inside).items()}
    return measured.mutate(**made)


def _of_component(measured: ir.Table, card: Scorecard, inside: list[Item]) -> dict[str, ir.Value]:
    present = total([_if_present(measured, i, i.weight, 0.0) for i in inside])
    held = [ibis.literal(i.weight) if _kept(i) else _if_present(measured, i, i.weight, 0.0) for i in inside]
    imputed = [
        _if_present(measured, i, 0.0, i.weight * worth / 100.0) for i in inside if (worth := imputed_score(card, i))
    ]
    return {
        "f": present,
        "k": total([(measured[i["s"]] * (i.weight / 100.0)).fill_null(0.0) for i in inside]),
        "h": total(held) if any(_kept(i) for i in inside) else present,
        "i": total(imputed),
    }


def column(letter: str, number: int) -> str:
    """Name of a component's column in the wide table."""
    return f"{letter}_{number}"


def totals(table: ir.Table, card: Scorecard) -> ir.Table:
    """Add what the components' sums come to together.

    Columns: live (nominal weight of the components that count), coverage, g with the component's number
    (how much each weight in it is stretched), imputed, base (the score before limits), low0 and high0 (its
    bounds under full weights).
    """
    numbers = range(len(card.components))
    nominal = [weight(card, name) for name in card.components]
    whole = sum(nominal)
    known = total([table[column("k", n)] for n in numbers])
    present = total([table[column("f", n)] for n in numbers])
    one = table.mutate(
        live=total([ibis.cases((table[column("h", n)] > 0.0, nominal[n]), else_=0.0) for n in numbers]),
        coverage=present / whole if whole else ibis.literal(0.0),
        low0=known * (100.0 / whole) if whole else ibis.literal(0.0),
    )
    two = one.mutate(**{column("g", n): stretch(one, card, n) for n in numbers})
    contributions = [two[column("g", n)] * two[column("k", n)] for n in numbers]
    imputed = total([two[column("g", n)] * two[column("i", n)] for n in numbers])
    return two.mutate(
        imputed=imputed,
        base=total(contributions) + imputed,
        high0=two.low0 + (ibis.literal(1.0) - two.coverage) * 100.0,
    )


def stretch(table: ir.Table, card: Scorecard, number: int) -> ir.FloatingValue:
    """By how much each weight of a component is stretched, as others stand in for what is missing."""
    held = table[column("h", number)]
    return ibis.cases(
        (held > 0.0, effective(table, card, number) / held.nullif(0.0)), else_=0.0
    )


def effective(table: ir.Table, card: Scorecard, number: int) -> ir.FloatingValue:
    """Effective weight of a component, of 100 over all that count."""
    nominal = weight(card, list(card.components)[number])
    share = ibis.literal(100.0) / table.live.nullif(0.0)
    return ibis.cases((table[column("h", number)] > 0.0, share * nominal), else_=0.0)


def effective_of(table: ir.Table, card: Scorecard, item: Item) -> ir.FloatingValue:
    """Effective weight of one metric."""
    stretched = table[column("g", list(card.components).index(item.component))] * item.weight
    return stretched if _kept(item) else _if_present(table, item, stretched, 0.0)


def _kept(item: Item) -> bool:
    return item.rule != "redistribute"


def _if_present(table: ir.Table, item: Item, then: float | ir.Value, otherwise: float | ir.Value) -> ir.Value:
    return ibis.cases((table[item["s"]].notnull(), then), else_=otherwise)


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
