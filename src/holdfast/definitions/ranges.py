"""Ranges of numbers for which a condition can hold: enough to see that two conditions contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import inf

from sqlglot import expressions as exp

from .expression import Expression


@dataclass(frozen=True)
class Range:
    """The numbers from ``low`` to ``high``; an end is left out where it is open."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meet(self, other: Range) -> Range:
        """The numbers that lie in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, open_ = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Range(low, high, low_open, not open_)


Box = Mapping[str, Range]
MOST = 64
UNCLEAR = "?"
"""Stands in a box for a part of the condition that is no plain comparison with a number."""


def boxes(condition: Expression, numbers: Mapping[str, float] | None = None) -> list[Box]:
    """One box for each way in which ``condition`` can hold; names without a range may have any value.

    ``numbers`` gives names that stand for a number. Parts that are no plain comparison with a number do not
    limit anything. Empty where the comparisons exclude each other.

    >>> boxes(Expression.parse("a > 5 and a < 3"))
    []
    >>> [sorted(box) for box in boxes(Expression.parse("a > 5 or b = 1"))]
    [['a'], ['b']]
    """
    return [box for box in _boxes(condition.tree, numbers or {}) if not any(r.empty for r in box.values())]


def overlap(one: list[Box], other: list[Box]) -> Box | None:
    """A box in which both can hold, or None where none is."""
    met = (_both(a, b) for a, b in product(one, other))
    return next((both for both in met if not any(r.empty for r in both.values())), None)


def clash(one: list[Box], other: list[Box]) -> Box | None:
    """A box in which both certainly hold at the same values of a shared name; None where none is known.

    >>> below, above = (boxes(Expression.parse(text)) for text in ("a < 3", "a > 2"))
    >>> sorted(clash(below, above)), clash(below, boxes(Expression.parse("b > 2")))
    (['a'], None)
    """
    sure = [(a, b) for a, b in product(one, other) if UNCLEAR not in {**a, **b} and set(a) & set(b)]
    met = (_both(a, b) for a, b in sure)
    return next((both for both in met if not any(r.empty for r in both.values())), None)


def _boxes(node: exp.Expr, numbers: Mapping[str, float]) -> list[Box]:
    if isinstance(node, exp.Paren):
        return _boxes(node.this, numbers)
    if isinstance(node, exp.Or):
        return [*_boxes(node.this, numbers), *_boxes(node.expression, numbers)]
    if isinstance(node, exp.And):
        left, right = _boxes(node.this, numbers), _boxes(node.expression, numbers)
        return [{UNCLEAR: Range()}] if len(left) * len(right) > MOST else [_both(a, b) for a, b in product(left, right)]
    if isinstance(node, exp.Between) and isinstance(node.this, exp.Column) and not node.args.get("negate"):
        low, high = _number(node.args["low"], numbers), _number(node.args["high"], numbers)
        return [{node.this.name: Range(low, high)}] if low is not None and high is not None else [{UNCLEAR: Range()}]
    if isinstance(node, exp.Column) and node.name not in numbers:
        return [{node.name: Range(1.0, 1.0)}]
    if isinstance(node, exp.Not) and isinstance(node.this, exp.Column):
        return [{node.this.name: Range(0.0, 0.0)}]
    return [_compared(node, numbers)]


_MIRROR = {exp.LT: exp.GT, exp.LTE: exp.GTE, exp.GT: exp.LT, exp.GTE: exp.LTE, exp.EQ: exp.EQ}


def _compared(node: exp.Expr, numbers: Mapping[str, float]) -> Box:
    kind = next((k for k in _MIRROR if type(node) is k), None)
    if kind is None:
        return {UNCLEAR: Range()}
    left, right = node.this, node.expression
    if _number(left, numbers) is not None:
        left, right, kind = right, left, _MIRROR[kind]
    value = _number(right, numbers)
    if value is None or not isinstance(left, exp.Column):
        return {UNCLEAR: Range()}
    ranges = {
        exp.LT: Range(high=value, high_open=True), exp.LTE: Range(high=value),
        exp.GT: Range(low=value, low_open=True), exp.GTE: Range(low=value), exp.EQ: Range(value, value),
    }
    return {left.name: ranges[kind]}


def _number(node: exp.Expr, numbers: Mapping[str, float]) -> float | None:
    if isinstance(node, exp.Paren):
        return _number(node.this, numbers)
    if isinstance(node, exp.Neg):
        inner = _number(node.this, numbers)
        return None if inner is None else -inner
    if isinstance(node, exp.Column):
        return numbers.get(node.name)
    return float(node.name) if isinstance(node, exp.Literal) and not node.is_string else None


def _both(a: Box, b: Box) -> Box:
    return {name: a.get(name, Range()).meet(b.get(name, Range())) for name in {**a, **b}}
