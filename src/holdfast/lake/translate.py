"""Expression tree to Ibis: the same meaning on every engine.

Arithmetic is done in double precision. ``/`` and ``mod`` give null for a zero divisor; ``ln``, ``sqrt``,
``pow`` and ``exp`` give null where there is no finite answer. Conditions have three values. A number used
as a condition is true where it is not 0. ``days_between(a, b)`` is the number of days from a to b.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ibis
from sqlglot import expressions as exp

from holdfast.definitions.expression import Expression
from holdfast.definitions.expression_parser import CAST_TYPES

from .translate_cast import cast, half_away, whole
from .translate_kinds import Problem, condition, kind, meet, number, refuse, temporal, text

Columns = Mapping[str, ibis.Value]
LARGEST = 1.7976931348623157e308
"""The largest finite double."""


def to_ibis(expression: Expression, columns: Columns) -> ibis.Value:
    """``expression`` over ``columns`` (name -> value); ExpressionNotComputable where kinds do not fit.

    >>> import ibis
    >>> t = ibis.memtable({"a": [1, 6], "b": [0, 4]})
    >>> t.mutate(c=to_ibis(Expression.parse("a / b"), {"a": t.a, "b": t.b})).c.to_pyarrow().to_pylist()
    [None, 1.5]
    """
    try:
        return _value(expression.tree, columns)
    except Problem as problem:
        raise refuse(expression.text, problem) from None


def _value(node: exp.Expr, columns: Columns) -> ibis.Value:
    translate = _NODES.get(type(node))
    if translate is None:
        raise Problem(f"{node.key!r} cannot be used here")
    return translate(node, columns)


def _column(node: exp.Expr, columns: Columns) -> ibis.Value:
    if node.name not in columns:
        raise Problem(f"the name {node.name!r} is not known here")
    return columns[node.name]


def _literal(node: exp.Expr, columns: Columns) -> ibis.Value:
    if node.is_string:
        return ibis.literal(node.name)
    digits = node.name
    return ibis.literal(int(digits)) if digits.isdigit() and len(digits) < 19 else ibis.literal(float(digits))


def _plain(node: exp.Expr) -> str | None:
    while isinstance(node, exp.Paren):
        node = node.this
    return node.name if isinstance(node, exp.Literal) and node.is_string else None


def _met(nodes: list[exp.Expr], columns: Columns) -> list[ibis.Value]:
    return meet([(_value(node, columns), _plain(node)) for node in nodes])


def _compare(left: exp.Expr, right: exp.Expr, columns: Columns, operator: str) -> ibis.Value:
    a, b = (_value(left, columns), _value(right, columns))
    if operator in ("eq", "ne") and {kind(a), kind(b)} == {"boolean", "number"}:
        a, b = condition(a), condition(b)
    elif {kind(a), kind(b)} == {"boolean", "number"} or kind(a) == kind(b) == "boolean":
        a, b = number(a), number(b)
    else:
        a, b = meet([(a, _plain(left)), (b, _plain(right))])
    return getattr(a, f"__{operator}__")(b)


def _comparison(operator: str) -> Callable[[exp.Expr, Columns], ibis.Value]:
    return lambda node, columns: _compare(node.this, node.expression, columns, operator)


def _arithmetic(operator: str) -> Callable[[exp.Expr, Columns], ibis.Value]:
    def translate(node: exp.Expr, columns: Columns) -> ibis.Value:
        a, b = number(_value(node.this, columns)), number(_value(node.expression, columns))
        return getattr(a, f"__{operator}__")(b.nullif(0.0) if operator in ("truediv", "mod") else b)

    return translate


def _is(node: exp.Expr, columns: Columns) -> ibis.Value:
    value, other = _value(node.this, columns), node.expression
    if isinstance(other, exp.Null):
        return value.isnull()
    if isinstance(other, exp.Boolean):
        held = condition(value)
        return (held if other.this else ~held).fill_null(False)
    raise Problem("is needs null, true or false")


def _in(node: exp.Expr, columns: Columns) -> ibis.Value:
    result = ibis.literal(False)
    for item in node.expressions:
        result = result | _compare(node.this, item, columns, "eq")
    return result


def _between(node: exp.Expr, columns: Columns) -> ibis.Value:
    result = _compare(node.this, node.args["low"], columns, "ge") & _compare(
        node.this, node.args["high"], columns, "le")
    return ~result if node.args.get("negate") else result


def _like(node: exp.Expr, columns: Columns) -> ibis.Value:
    value, pattern = text(_value(node.this, columns)), node.expression.name
    result = value.lower().like(pattern.lower()) if isinstance(node, exp.ILike) else value.like(pattern)
    return ~result if node.args.get("negate") else result


def _case(node: exp.Expr, columns: Columns) -> ibis.Value:
    branches = node.args["ifs"]
    default = node.args.get("default") or exp.Null()
    values = _met([*(branch.args["true"] for branch in branches), default], columns)
    tests = [
        _compare(node.this, branch.this, columns, "eq") if node.this else condition(_value(branch.this, columns))
        for branch in branches
    ]
    return ibis.cases(*zip(tests, values, strict=False), else_=values[-1])


def _if(node: exp.Expr, columns: Columns) -> ibis.Value:
    then, other = _met([node.args["true"], node.args.get("false") or exp.Null()], columns)
    return ibis.ifelse(condition(_value(node.this, columns)), then, other)


def _many(function: Callable[..., ibis.Value]) -> Callable[[exp.Expr, Columns], ibis.Value]:
    def translate(node: exp.Expr, columns: Columns) -> ibis.Value:
        values = _met([node.this, *node.expressions], columns)
        return values[0] if len(values) == 1 else function(*values)

    return translate


def _nullif(node: exp.Expr, columns: Columns) -> ibis.Value:
    value = _value(node.this, columns)
    same = _compare(node.this, node.expression, columns, "eq").fill_null(False)
    return ibis.ifelse(same, ibis.null(value.type()), value)


def _round(node: exp.Expr, columns: Columns) -> ibis.Value:
    digits = node.args.get("decimals")
    if digits is not None and not (isinstance(digits, exp.Literal) and digits.name in "0123456789"):
        raise Problem("round needs 0 to 9 digits, written as a number")
    return half_away(number(_value(node.this, columns)), int(digits.name) if digits is not None else 0)


def _where(value: ibis.Value, defined: ibis.Value) -> ibis.Value:
    return ibis.ifelse(defined, value, ibis.null("float64"))


def _pow(node: exp.Expr, columns: Columns) -> ibis.Value:
    a, b = number(_value(node.this, columns)), number(_value(node.expression, columns))
    result = _where(a, (a > 0) | (b == whole(b, "down")) & ((a < 0) | (b >= 0))) ** b
    return _where(result, result.abs() <= LARGEST)  # isinf is always false on Spark


def _numeric(function: Callable[[ibis.Value], ibis.Value]) -> Callable[[exp.Expr, Columns], ibis.Value]:
    return lambda node, columns: function(number(_value(node.this, columns)))


def _textual(function: Callable[..., ibis.Value]) -> Callable[[exp.Expr, Columns], ibis.Value]:
    def translate(node: exp.Expr, columns: Columns) -> ibis.Value:
        second = [text(_value(node.expression, columns))] if node.args.get("expression") else []
        return function(text(_value(node.this, columns)), *second)

    return translate


def _concat(node: exp.Expr, columns: Columns) -> ibis.Value:
    parts = [text(_value(part, columns)).fill_null("") for part in node.expressions]
    return parts[0].concat(*parts[1:]) if len(parts) > 1 else parts[0]


def _substring(node: exp.Expr, columns: Columns) -> ibis.Value:
    start, length = node.args.get("start"), node.args.get("length")
    numbers = [n for n in (start, length) if n is not None]
    if start is None or not all(isinstance(n, exp.Literal) and n.name.isdigit() for n in numbers) \
            or int(start.name) < 1:
        raise Problem("substring needs a start from 1 and a length, written as numbers")
    value = text(_value(node.this, columns))
    return value.substr(int(start.name) - 1, int(length.name) if length is not None else 2_000_000)


def _cast(node: exp.Expr, columns: Columns) -> ibis.Value:
    to, plain = CAST_TYPES[node.args["to"].this.name], _plain(node.this)
    if plain is not None and to in ("date", "timestamp"):
        return temporal(ibis.null(), plain, "date" if to == "date" else "timestamp")
    return cast(_value(node.this, columns), to)


def _function(node: exp.Expr, columns: Columns) -> ibis.Value:
    if node.name.lower() != "days_between" or len(node.expressions) != 2:
        raise Problem(f"{node.name} does not take {len(node.expressions)} values")
    a, b = (temporal(_value(part, columns), _plain(part), "date") for part in node.expressions)
    return b.delta(a, unit="day")


_NODES: dict[type, Callable[[exp.Expr, Columns], ibis.Value]] = {
    exp.Column: _column, exp.Literal: _literal,
    exp.Boolean: lambda node, _: ibis.literal(bool(node.this)),
    exp.Null: lambda node, _: ibis.null(),
    exp.Paren: lambda node, columns: _value(node.this, columns),
    exp.Add: _arithmetic("add"), exp.Sub: _arithmetic("sub"), exp.Mul: _arithmetic("mul"),
    exp.Div: _arithmetic("truediv"), exp.Mod: _arithmetic("mod"), exp.Neg: _numeric(lambda v: -v),
    exp.EQ: _comparison("eq"), exp.NEQ: _comparison("ne"), exp.GT: _comparison("gt"),
    exp.GTE: _comparison("ge"), exp.LT: _comparison("lt"), exp.LTE: _comparison("le"),
    exp.And: lambda node, c: condition(_value(node.this, c)) & condition(_value(node.expression, c)),
    exp.Or: lambda node, c: condition(_value(node.this, c)) | condition(_value(node.expression, c)),
    exp.Not: lambda node, c: ~condition(_value(node.this, c)),
    exp.Is: _is, exp.In: _in, exp.Between: _between, exp.Like: _like, exp.ILike: _like,
    exp.Case: _case, exp.If: _if, exp.Coalesce: _many(ibis.coalesce), exp.Nullif: _nullif,
    exp.Greatest: _many(ibis.greatest), exp.Least: _many(ibis.least),
    exp.Abs: _numeric(lambda v: v.abs()), exp.Round: _round,
    exp.Ceil: _numeric(lambda v: whole(v, "up")), exp.Floor: _numeric(lambda v: whole(v, "down")),
    exp.Ln: _numeric(lambda v: _where(v, v > 0).ln()), exp.Sqrt: _numeric(lambda v: _where(v, v >= 0).sqrt()),
    exp.Exp: _numeric(lambda v: _where(v, v <= 700).exp()), exp.Pow: _pow,
    exp.Lower: _textual(lambda v: v.lower()), exp.Upper: _textual(lambda v: v.upper()),
    exp.Trim: _textual(lambda v: v.strip()), exp.Length: _textual(lambda v: v.length()),
    exp.DPipe: _textual(lambda a, b: a.concat(b)), exp.Concat: _concat, exp.Substring: _substring,
    exp.StartsWith: _textual(lambda a, b: a.startswith(b)), exp.EndsWith: _textual(lambda a, b: a.endswith(b)),
    exp.Contains: _textual(lambda a, b: a.contains(b)),
    exp.Cast: _cast, exp.TryCast: _cast, exp.Anonymous: _function,
}
