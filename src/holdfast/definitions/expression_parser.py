"""The parser behind Expression: sqlglot's grammar, our allow-list."""

from __future__ import annotations

import re

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

CAST_TYPES = {"TEXT": "text", "VARCHAR": "text", "INT": "integer", "BIGINT": "integer", "DOUBLE": "number",
              "DECIMAL": "decimal", "DATE": "date", "TIMESTAMP": "timestamp", "BOOLEAN": "boolean"}

_PERCENT = re.compile(r"%(?=(?:[^']*'[^']*')*[^']*$)")


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
    if _PERCENT.search(text):
        raise ExpressionError(text, "'%' is not allowed", "write mod(a, b)")
    try:
        statements = [s for s in sqlglot.parse(text, dialect="duckdb") if s is not None]
    except (sqlglot.ParseError, sqlglot.TokenError, RecursionError) as error:
        detail = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise ExpressionError(text, f"not readable: {detail}", "check brackets and quotes") from error
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
        if isinstance(node, exp.Anonymous):
            if node.name.lower() not in FUNCTIONS:
                raise ExpressionError(text, f"the function {node.name!r} is not known",
                                      "the reference of expressions lists the functions")
        elif type(node) not in NODES:
            raise ExpressionError(text, f"{node.key!r} is not allowed here", "use a scalar expression")
        if isinstance(node, exp.Column):
            if node.table:
                raise ExpressionError(text, f"{node.sql()!r} has a dot", "use the plain name")
            names.add(node.name)
        if isinstance(node, exp.Cast) and node.to.this.name not in CAST_TYPES:
            raise ExpressionError(text, f"the type {node.to.sql()!r} is not known",
                                  "use text, integer, number, decimal, date, timestamp or boolean")
        if isinstance(node, exp.Literal) and not node.is_string:
            _finite(text, node)
    return names


def _finite(text: str, literal: exp.Literal) -> None:
    value = float(literal.name)
    if value in (float("inf"), float("-inf")) or value != value:
        raise ExpressionError(text, f"{literal.name} is not a finite number", "use a smaller number")
