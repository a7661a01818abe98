"""Casts with try_cast semantics and roundings that every engine does alike."""

from __future__ import annotations

from collections.abc import Callable

import ibis

from .translate_kinds import Problem, condition, kind, number

EXACT = 9e15
"""Doubles below this hold every whole number."""
_NUMBER = r"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?\s*$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TIMESTAMP = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)?$"
_TRUE, _FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")


def whole(value: ibis.Value, direction: str) -> ibis.Value:
    """``value`` rounded ``down`` or ``up`` to a whole number, as a double; large values are whole already."""
    near = value.abs() < EXACT
    inside = ibis.ifelse(near, value, ibis.literal(0.0))
    rounded = (inside.floor() if direction == "down" else inside.ceil()).cast("float64")
    return ibis.ifelse(near, rounded, value)


def half_away(value: ibis.Value, digits: int) -> ibis.Value:
    """``value`` rounded to ``digits`` after the point, halves away from zero (engines differ here)."""
    scale = float(10**digits)
    size = whole(value.abs() * scale + 0.5, "down") / scale
    return ibis.ifelse(value < 0, -size, size)


def cast(value: ibis.Value, to: str) -> ibis.Value:
    """``value`` as ``to``; null where that cannot be done."""
    found = kind(value)
    if found == "null":
        return value.cast(_TYPES[to])
    if found == to and to != "number":
        return value
    convert = _CASTS.get((found, to))
    if convert is None:
        raise Problem(f"a {found} cannot be cast to {to}")
    return convert(value)


_TYPES = {"text": "string", "integer": "int64", "number": "float64", "date": "date",
          "timestamp": "timestamp(6)", "boolean": "boolean"}


def _matching(value: ibis.Value, pattern: str, to: str) -> ibis.Value:
    fits = value.re_search(pattern)
    return ibis.ifelse(fits, value, ibis.null("string")).strip().try_cast(to)


def _integer(value: ibis.Value) -> ibis.Value:
    if value.type().is_integer():
        return value.cast("int64")
    rounded = half_away(number(value), 0)
    return ibis.ifelse(rounded.abs() < EXACT, rounded, ibis.null("float64")).cast("int64")


def _number_text(value: ibis.Value) -> ibis.Value:
    if not value.type().is_integer():
        raise Problem("a number with decimals cannot be cast to text; round and cast it to integer first")
    return value.cast("string")


def _truth(value: ibis.Value) -> ibis.Value:
    small = value.strip().lower()
    return ibis.cases((small.isin(_TRUE), True), (small.isin(_FALSE), False))


_CASTS: dict[tuple[str, str], Callable[[ibis.Value], ibis.Value]] = {
    ("text", "number"): lambda v: _matching(v, _NUMBER, "float64"),
    ("text", "integer"): lambda v: _integer(_matching(v, _NUMBER, "float64")),
    ("text", "date"): lambda v: _matching(v, _DATE, "date"),
    ("text", "timestamp"): lambda v: _matching(v, _TIMESTAMP, "timestamp(6)"),
    ("text", "boolean"): _truth,
    ("number", "number"): number,
    ("number", "integer"): _integer,
    ("number", "text"): _number_text,
    ("number", "boolean"): condition,
    ("boolean", "number"): number,
    ("boolean", "integer"): lambda v: v.cast("int64"),
    ("boolean", "text"): lambda v: ibis.cases((v, "true"), (~v, "false")),
    ("date", "timestamp"): lambda v: v.cast("timestamp(6)"),
    ("date", "text"): lambda v: v.cast("string"),
    ("timestamp", "date"): lambda v: v.date(),
}
