"""Kinds of values in expressions, and how two of them meet: the same on every engine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import ibis

from holdfast.errors.definitions import ExpressionNotComputable

Kind = Literal["number", "text", "boolean", "date", "timestamp", "null"]


class Problem(Exception):
    """What does not go together, in words; the translator adds the expression."""


def refuse(text: str, problem: Problem) -> ExpressionNotComputable:
    """The error for the user about ``problem`` in the expression ``text``."""
    return ExpressionNotComputable(text=text, problem=str(problem))


def kind(value: ibis.Value) -> Kind:
    """The kind of ``value``."""
    dtype = value.type()
    if dtype.is_boolean():
        return "boolean"
    if dtype.is_numeric():
        return "number"
    if dtype.is_string() or dtype.is_json():
        return "text"
    if dtype.is_date():
        return "date"
    if dtype.is_timestamp():
        return "timestamp"
    if dtype.is_null():
        return "null"
    raise Problem(f"values of type {dtype} cannot be used in expressions")


def number(value: ibis.Value) -> ibis.Value:
    """``value`` in double precision; true is 1 and false 0."""
    found = kind(value)
    if found == "boolean":
        return value.cast("int8").cast("float64")
    if found in ("number", "null"):
        return value if value.type().is_float64() else value.cast("float64")
    raise Problem(f"a {found} stands where a number is needed")


def condition(value: ibis.Value) -> ibis.Value:
    """``value`` as true, false or unknown; a number is true where it is not 0."""
    found = kind(value)
    if found == "boolean":
        return value
    if found == "number":
        return value != 0
    if found == "null":
        return value.cast("boolean")
    raise Problem(f"a {found} stands where a condition is needed")


def text(value: ibis.Value) -> ibis.Value:
    """``value`` as text; only text itself and null qualify."""
    found = kind(value)
    if found == "text" or found == "null":
        return value.cast("string")
    raise Problem(f"a {found} stands where a text is needed; cast it")


def temporal(value: ibis.Value, plain: str | None, to: Kind) -> ibis.Value:
    """``value`` as a date or timestamp; ``plain`` is its text where it is written in quotes."""
    if plain is not None:
        return _written(plain, to)
    found = kind(value)
    if found not in ("date", "timestamp", "null"):
        raise Problem(f"a {found} stands where a {to} is needed")
    return value if found == to else value.cast(to)


def _written(plain: str, to: Kind) -> ibis.Value:
    try:
        if to == "date":
            return ibis.literal(date.fromisoformat(plain), type="date")
        return ibis.literal(datetime.fromisoformat(plain).replace(tzinfo=None), type="timestamp(6)")
    except ValueError:
        raise Problem(f"{plain!r} is not a {to} such as 2026-03-29") from None


def meet(values: list[tuple[ibis.Value, str | None]]) -> list[ibis.Value]:
    """All ``values`` as one kind, so that they can be compared or be branches of one case.

    Each comes with its text where it is written in quotes: ``renews_on < '2026-03-29'`` is a date.
    """
    kinds = {kind(value) for value, plain in values if plain is None} - {"null"}
    if {plain is not None for _, plain in values} == {True} or (
        kinds <= {"text"} and any(plain is not None for _, plain in values)
    ):
        kinds = {"text"}
    if kinds <= {"boolean"}:
        return [condition(value) for value, _ in values]
    if kinds <= {"number", "boolean"}:
        return _numbers(values)
    if kinds <= {"text"}:
        return [text(value) for value, _ in values]
    if kinds <= {"date", "timestamp"}:
        to: Kind = "timestamp" if "timestamp" in kinds else "date"
        return [temporal(value, plain, to) for value, plain in values]
    raise Problem(f"a {' and a '.join(sorted(kinds))} meet; cast one of them")


def _numbers(values: list[tuple[ibis.Value, str | None]]) -> list[ibis.Value]:
    if any(plain is not None for _, plain in values):
        raise Problem("a number and a text meet; cast one of them")
    if all(value.type().is_integer() for value, _ in values):
        return [value for value, _ in values]
    return [number(value) for value, _ in values]
