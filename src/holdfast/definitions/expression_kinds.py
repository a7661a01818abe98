"""Whether the kinds of values in an expression go together, told before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from sqlglot import expressions as exp

from .expression import Expression
from .expression_parser import CAST_TYPES

Kind = Literal["number", "text", "boolean", "date", "timestamp", "null", "any"]
"""``any`` is a value whose kind is not known here; it goes with everything."""
Names = Mapping[str, Kind]

_CONDITIONS = ("number", "boolean")
_DATES = ("date", "timestamp")
_CASTS = {
    "text": {"number", "integer", "date", "timestamp", "boolean", "text"},
    "number": {"number", "integer", "text", "boolean"},
    "boolean": {"number", "integer", "text", "boolean"},
    "date": {"date", "timestamp", "text"},
    "timestamp": {"timestamp", "date"},
}


class Mismatch(Exception):
    """Two kinds that do not go together, in words."""


def kind_of(expression: Expression, names: Names) -> Kind:
    """The kind of the expression's value; Mismatch where kinds do not go together.

    >>> kind_of(Expression.parse("mrr * 12"), {"mrr": "number"})
    'number'
    >>> kind_of(Expression.parse("plan > 3"), {"plan": "text"})
    Traceback (most recent call last):
    holdfast.definitions.expression_kinds.Mismatch: a number and a text meet
    """
    return _kind(expression.tree, names)


def _kind(node: exp.Expr, names: Names) -> Kind:
    for types, rule in _RULES:
        if isinstance(node, types):
            return rule(node, names)
    return "any"


def _needs(found: Kind, wanted: Iterable[str], what: str) -> None:
    if found not in (*wanted, "null", "any"):
        raise Mismatch(f"a {found} stands where a {what} is needed")


def _meet(nodes: Iterable[exp.Expr], names: Names) -> Kind:
    nodes = list(nodes)
    plain = [_written(node) for node in nodes]
    kinds = {_kind(node, names) for node, text in zip(nodes, plain, strict=True) if text is None} - {"null", "any"}
    written = [text for text in plain if text is not None]
    if kinds and kinds <= set(_DATES):
        for text in written:
            _date(text)
        return "timestamp" if "timestamp" in kinds else "date"
    if written:
        kinds.add("text")
    if kinds <= {"number", "boolean"} or len(kinds) == 1:
        return "number" if "number" in kinds else next(iter(kinds), "any")
    raise Mismatch(f"a {' and a '.join(sorted(kinds))} meet")


def _written(node: exp.Expr) -> str | None:
    while isinstance(node, exp.Paren):
        node = node.this
    return node.name if isinstance(node, exp.Literal) and node.is_string else None


def _date(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Mismatch(f"{text!r} is not a date such as 2026-03-29") from None


def _name(node: exp.Expr, names: Names) -> Kind:
    return names.get(node.name, "any")


def _arithmetic(node: exp.Expr, names: Names) -> Kind:
    for part in (node.this, node.args.get("expression")):
        if part is not None:
            _needs(_kind(part, names), _CONDITIONS, "number")
    return "number"


def _logic(node: exp.Expr, names: Names) -> Kind:
    for part in (node.this, node.args.get("expression")):
        if part is not None:
            _needs(_kind(part, names), _CONDITIONS, "condition")
    return "boolean"


def _compare(node: exp.Expr, names: Names) -> Kind:
    _meet((node.this, node.expression), names)
    return "boolean"


def _is(node: exp.Expr, names: Names) -> Kind:
    if isinstance(node.expression, exp.Boolean):
        _needs(_kind(node.this, names), _CONDITIONS, "condition")
    else:
        _kind(node.this, names)
    return "boolean"


def _in(node: exp.Expr, names: Names) -> Kind:
    for item in [*node.expressions, *(node.args[part] for part in ("low", "high") if node.args.get(part))]:
        _meet((node.this, item), names)
    return "boolean"


def _case(node: exp.Expr, names: Names) -> Kind:
    branches = node.args["ifs"] if isinstance(node, exp.Case) else [node]
    for branch in branches:
        if isinstance(node, exp.Case) and node.this:
            _meet((node.this, branch.this), names)
        else:
            _needs(_kind(branch.this, names), _CONDITIONS, "condition")
    last = node.args.get("default") or (None if isinstance(node, exp.Case) else node.args.get("false"))
    return _meet([*(branch.args["true"] for branch in branches), *([last] if last else [])], names)


def _many(node: exp.Expr, names: Names) -> Kind:
    return _meet([node.this, *node.expressions], names)


def _nullif(node: exp.Expr, names: Names) -> Kind:
    _meet((node.this, node.expression), names)
    return _kind(node.this, names)


def _textual(result: Kind) -> Callable[[exp.Expr, Names], Kind]:
    def rule(node: exp.Expr, names: Names) -> Kind:
        parts = node.expressions if isinstance(node, exp.Concat) else [node.this, node.args.get("expression")]
        for part in parts:
            if part is not None:
                _needs(_kind(part, names), ("text",), "text")
        return result

    return rule


def _cast(node: exp.Expr, names: Names) -> Kind:
    to, found, written = CAST_TYPES[node.args["to"].this.name], _kind(node.this, names), _written(node.this)
    if written is not None and to in _DATES:
        _date(written)
    elif found not in ("null", "any") and to not in _CASTS[found]:
        raise Mismatch(f"a {found} cannot be cast to {to}")
    return "number" if to == "integer" else to  # type: ignore[return-value]


def _function(node: exp.Expr, names: Names) -> Kind:
    if len(node.expressions) != 2:
        raise Mismatch(f"{node.name} does not take {len(node.expressions)} values")
    for part in node.expressions:
        written = _written(part)
        if written is not None:
            date_text = written
            try:
                date.fromisoformat(date_text)
            except ValueError:
                raise Mismatch(f"{date_text!r} is not a date such as 2026-03-29") from None
        else:
            _needs(_kind(part, names), _DATES, "date")
    return "number"


_RULES: tuple[tuple[type | tuple[type, ...], Callable[[exp.Expr, Names], Kind]], ...] = (
    (exp.Column, _name),
    (exp.Literal, lambda node, _: "text" if node.is_string else "number"),
    (exp.Boolean, lambda node, _: "boolean"),
    (exp.Null, lambda node, _: "null"),
    (exp.Paren, lambda node, names: _kind(node.this, names)),
    ((exp.Cast,), _cast),
    ((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _compare),
    ((exp.And, exp.Or, exp.Not), _logic),
    (exp.Is, _is),
    ((exp.In, exp.Between), _in),
    ((exp.Like, exp.ILike, exp.StartsWith, exp.EndsWith, exp.Contains), _textual("boolean")),
    ((exp.Case, exp.If), _case),
    ((exp.Coalesce, exp.Greatest, exp.Least), _many),
    (exp.Nullif, _nullif),
    ((exp.Lower, exp.Upper, exp.Trim, exp.DPipe, exp.Concat, exp.Substring), _textual("text")),
    (exp.Length, _textual("number")),
    (exp.Anonymous, _function),
    ((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Abs, exp.Ceil, exp.Floor, exp.Round, exp.Ln,
      exp.Exp, exp.Sqrt, exp.Pow), _arithmetic),
)
