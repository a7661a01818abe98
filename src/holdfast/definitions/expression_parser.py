"""The parser behind Expression: sqlglot's grammar, our allow-list."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sqlglot
from sqlglot import expressions as exp

from .expression import MAX_DEPTH, MAX_LENGTH, MAX_NODES, Expression
from .expression_error import ExpressionError

NODES: tuple[type[exp.Expression], ...] = (
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Mod, exp.Paren,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In,
    exp.Between, exp.Like, exp.ILike,
    exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least,
    exp.Abs, exp.Ceil, exp.Floor, exp.Round, exp.Ln, exp.Exp, exp.Sqrt, exp.Pow,
    exp.Lower, exp.Upper, exp.Trim, exp.Length, exp.Concat, exp.DPipe, exp.Substring, exp.StartsWith,
    exp.EndsWith, exp.Contains, exp.Cast, exp.TryCast, exp.DataType,
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Tuple,
)
FUNCTIONS = frozenset({"days_between", "contains", "starts_with", "ends_with", "mod"})
"""Functions that sqlglot does not know as a node of their own."""

CAST_TYPES = {
    "TEXT": "text", "VARCHAR": "text", "INT": "integer", "BIGINT": "integer", "DOUBLE": "number",
    "DECIMAL": "number", "DATE": "date", "TIMESTAMP": "timestamp", "TIMESTAMPNTZ": "timestamp",
    "BOOLEAN": "boolean",
}
"""The types a cast may name, and what they are here. A cast that fails gives null."""

DOUBLED: Mapping[type[exp.Expr], str] = {
    exp.Div: "expression", exp.Mod: "expression", exp.Nullif: "this", exp.Ln: "this", exp.Sqrt: "this",
    exp.Exp: "this", exp.Pow: "this", exp.Round: "this", exp.Ceil: "this", exp.Floor: "this",
    exp.Cast: "this", exp.TryCast: "this",
}
"""Arguments that engines write down several times: nested ones grow by a power with each level."""
MAX_UNFOLDED = 4_000

ARGUMENTS: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.In: frozenset({"this", "expressions"}),
    exp.Between: frozenset({"this", "low", "high", "negate"}),
    exp.Trim: frozenset({"this"}),
    exp.Round: frozenset({"this", "decimals"}),
}
"""Nodes of which only these arguments are allowed."""

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")


def parse(text: str) -> Expression:
    """Parse one scalar expression.

    >>> parse("a; drop table t")
    Traceback (most recent call last):
    holdfast.definitions.expression_error.ExpressionError: more than one statement; write one expression
    """
    if not text.strip():
        raise ExpressionError(text, "the expression is empty", "write a condition or a formula")
    if len(text) > MAX_LENGTH:
        raise ExpressionError(text, f"longer than {MAX_LENGTH:,} characters", "split it into several metrics")
    if any(ord(character) < 32 and character not in "\t\n\r" for character in text):
        raise ExpressionError(text, "it holds a control character", "write it anew")
    if "%" in _QUOTED.sub("", text):
        raise ExpressionError(text, "'%' is not allowed", "write mod(a, b)")
    try:
        statements = [s for s in sqlglot.parse(text, dialect="duckdb") if s is not None]
    except (sqlglot.ParseError, sqlglot.TokenError, RecursionError) as error:
        detail = str(error).splitlines()[0] if str(error) else "nested too deeply"
        hint = "check brackets and quotes; inside {...} an expression with a comma needs quotes"
        raise ExpressionError(text, f"not readable: {detail}", hint) from error
    if len(statements) != 1 or isinstance(statements[0], exp.Block):
        raise ExpressionError(text, "more than one statement", "write one expression")
    tree = statements[0]
    names = _check(text, tree)
    return Expression(text, tree, frozenset(names))


def _check(text: str, tree: exp.Expr) -> set[str]:
    names: set[str] = set()
    for count, node in enumerate(tree.walk(), start=1):
        if count > MAX_NODES or node.depth > MAX_DEPTH:
            raise ExpressionError(text, "nested too deeply or too long", "split it into several metrics")
        if isinstance(node, exp.DataType | exp.DataTypeParam) or node.find_ancestor(exp.DataType):
            continue
        if isinstance(node, exp.Anonymous):
            if node.name.lower() not in FUNCTIONS:
                raise ExpressionError(text, f"the function {node.name!r} is not known",
                                      "the reference of expressions lists the functions")
        elif type(node) not in NODES:
            raise ExpressionError(text, f"{node.key!r} is not allowed here", "use a scalar expression")
        _arguments(text, node)
        if isinstance(node, exp.Column):
            if node.table:
                raise ExpressionError(text, f"{node.sql()!r} has a dot", "use the plain name")
            names.add(node.name)
        if isinstance(node, exp.Tuple) and not isinstance(node.parent, exp.In):
            raise ExpressionError(text, "a list stands outside of in (...)", "write x in (a, b)")
        if isinstance(node, exp.Cast) and node.to.this.name not in CAST_TYPES:
            raise ExpressionError(text, f"the type {node.to.sql()!r} is not known",
                                  "use text, integer, number, date, timestamp or boolean")
        if isinstance(node, exp.Literal) and not node.is_string:
            _finite(text, node)
    if _unfolded(tree) > MAX_UNFOLDED:
        raise ExpressionError(text, "divisions or functions are nested too deeply",
                              "split it into several metrics")
    return names


def _arguments(text: str, node: exp.Expr) -> None:
    allowed = ARGUMENTS.get(type(node))
    surplus = {name for name, value in node.args.items() if value} - allowed if allowed is not None else set()
    if surplus:
        raise ExpressionError(text, f"{node.key} with {', '.join(sorted(surplus))} is not allowed",
                              "use the plain form")
    if isinstance(node, exp.Like | exp.ILike):
        pattern = node.expression
        if not (isinstance(pattern, exp.Literal) and pattern.is_string) or "\\" in pattern.name:
            raise ExpressionError(text, "like needs a plain pattern in quotes, without a backslash",
                                  "use contains, starts_with or ends_with")


def _unfolded(node: exp.Expr) -> int:
    return 1 + sum(_unfolded(child) * _copies(node, child) for child in node.iter_expressions())


def _copies(node: exp.Expr, child: exp.Expr) -> int:
    """How often an engine sees ``child`` because of ``node``."""
    if child.arg_key == DOUBLED.get(type(node)):
        return 3
    if child.arg_key == "this" and isinstance(node, exp.In | exp.Case | exp.Between):
        return max(2, len(node.expressions), len(node.args.get("ifs") or ()))
    return 1


def _finite(text: str, literal: exp.Literal) -> None:
    value = float(literal.name)
    if value in (float("inf"), float("-inf")) or value != value:
        raise ExpressionError(text, "a number in it is not finite", "use a smaller number")
