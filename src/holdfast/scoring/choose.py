"""Which scorecard applies to an account on a day, and the words why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.scorecard import Scorecard


def by_dial(scorecards: Iterable[Scorecard]) -> dict[str, list[Scorecard]]:
    """Scorecards of each dial in the order in which they are tried: highest priority first, then by name."""
    dials: dict[str, list[Scorecard]] = {}
    for card in sorted(scorecards, key=lambda c: (c.dial, -c.applies.priority, c.scorecard)):
        dials.setdefault(card.dial, []).append(card)
    return dials


def chosen(table: ir.Table, cards: list[Scorecard]) -> ir.StringValue:
    """Name of the first scorecard whose condition holds; an unknown condition does not hold."""
    branches: list[tuple[ir.BooleanValue, str]] = []
    for card in cards:
        if card.applies.when is None:
            return ibis.cases(*branches, else_=card.scorecard) if branches else ibis.literal(card.scorecard)
        branches.append((holds(card.applies.when, columns(table)), card.scorecard))
    return ibis.cases(*branches, else_=ibis.null("string"))


def why(card: Scorecard, cards: Iterable[Scorecard]) -> str:
    """Why ``card`` was used, in words, given all scorecards of its dial.

    >>> from holdfast.definitions.scorecard import Applies
    >>> base = Scorecard(scorecard="base", version=1, components={}, bands={})
    >>> new = Scorecard(scorecard="new", version=1, components={}, bands={},
    ...                 applies=Applies(priority=20, when="tenure_days < 90"))
    >>> why(new, [base, new])
    'tenure_days < 90 (priority 20)'
    >>> why(base, [base, new])
    'the default: no scorecard of higher priority applies (new)'
    """
    ahead = [c.scorecard for c in by_dial(cards).get(card.dial, []) if _before(c, card)]
    passed = f" ({', '.join(ahead)})" if ahead else ""
    if card.applies.when is not None:
        return f"{card.applies.when.text} (priority {card.applies.priority})"
    return f"the default: no scorecard of higher priority applies{passed}" if ahead else "the only scorecard"


def overlapping(cards: Iterable[Scorecard]) -> list[tuple[str, str]]:
    """Pairs of scorecards of one dial with equal priority: the name decides between them.

    >>> a = Scorecard(scorecard="a", version=1, components={}, bands={})
    >>> b = Scorecard(scorecard="b", version=1, components={}, bands={})
    >>> overlapping([b, a])
    [('a', 'b')]
    """
    pairs = []
    for group in by_dial(cards).values():
        for first, second in pairwise(group):
            if first.applies.priority == second.applies.priority:
                pairs.append((first.scorecard, second.scorecard))
    return pairs


def columns(table: ir.Table) -> Mapping[str, ir.Value]:
    """The columns of a table by name, as conditions want them."""
    return {name: table[name] for name in table.columns}


def condition(expression: Expression, values: Mapping[str, ir.Value]) -> ir.BooleanValue:
    """The condition as a boolean, null where it is unknown."""
    from holdfast.lake.translate import to_ibis

    return to_ibis(expression, values).cast("boolean")


def holds(expression: Expression, values: Mapping[str, ir.Value]) -> ir.BooleanValue:
    """The condition; unknown is false."""
    return condition(expression, values).fill_null(False)


def _before(other: Scorecard, card: Scorecard) -> bool:
    return (-other.applies.priority, other.scorecard) < (-card.applies.priority, card.scorecard)
