"""Text to numbers, by a stated decimal sign. What could be read in two ways is not read at all."""

from __future__ import annotations

from typing import Literal

from .cast import Cast
from .sql_text import literal, matches

MONEY = "[$€£¥]"
GAP = "[ \u00a0\u2007\u202f'’]"
SIMPLE = r"-?\d{1,15}(\.\d{1,6})?"
INTEGER = r"-?\d{1,18}"
WORDS = r"(?i)[-+]?(nan|inf|infinity)"


def number_pattern(decimal: Literal[".", ","]) -> str:
    """The form of a number: sign before or after, or brackets; groups of three; money sign; exponent."""
    group, point = (",", r"\.") if decimal == "." else (r"\.", ",")
    whole = rf"(\d+|\d{{1,3}}({group}\d{{3}})+|\d{{1,3}}({GAP}\d{{3}})+)"
    number = rf"({whole}({point}\d*)?|{point}\d+)([eE][-+]?\d{{1,4}})?"
    sign = "[-+−]?"
    return (
        rf"({sign}{MONEY}? ?{number} ?{MONEY}?|{MONEY} ?{sign}{number}|\({MONEY}? ?{number} ?{MONEY}?\)"
        rf"|{MONEY}? ?{number}[-−])"
    )


def plain_number(text: str, decimal: Literal[".", ","]) -> str:
    """SQL: a text of the number pattern as plain digits with a point.

    Minus comes from a sign in front (also behind a money sign), a sign at the end, or brackets.
    """
    cleaned = f"regexp_replace({text}, '[^0-9eE+.,−-]', '', 'g')"
    cleaned = f"replace({cleaned}, '−', '-')"
    plain = ("replace({}, ',', '')", "translate(replace({}, '.', ''), ',', '.')")[decimal == ","]
    cleaned = plain.format(cleaned)
    negative = f"({text} LIKE '(%' OR {cleaned} LIKE '%-')"
    return f"CASE WHEN {negative} THEN '-' || rtrim({cleaned}, '-') ELSE {cleaned} END"


def cast_number(
    text: str,
    kind: Literal["integer", "decimal", "number"],
    decimal: Literal[".", ","],
    factor: float | None = None,
) -> Cast:
    """The cast of ``text`` to a number kind. ``factor`` multiplies (minutes to seconds: 60)."""
    fits = matches(text, number_pattern(decimal))
    simple = f"WHEN {matches(text, SIMPLE)} THEN {text} " if decimal == "." else ""
    step = f"CASE {simple}WHEN {fits} THEN {plain_number(text, decimal)} END"
    double, exact = f"try_cast({text}s AS DOUBLE)", f"try_cast({text}s AS DECIMAL(38,9))"
    if kind == "number":
        times = "" if factor is None else f" * {factor!r}"
        value = f"CASE WHEN isfinite({double}) THEN {double}{times} + 0.0 END"
    elif kind == "decimal":
        value = f"try_cast({text}s AS DECIMAL(18,6))"
        if factor is not None:
            value = f"try_cast({_times(exact, double, factor)} AS DECIMAL(18,6))"
    elif factor is not None:
        value = _whole(_times(exact, double, factor))
    else:
        value = f"CASE WHEN {matches(f'{text}s', INTEGER)} THEN try_cast({text}s AS BIGINT) ELSE {_whole(exact)} END"
    fraction = f"WHEN {exact} <> trunc({exact}) THEN 'bad_number' " if kind == "integer" else ""
    unread = f"CASE WHEN {matches(text, WORDS)} THEN 'not_finite' ELSE 'bad_number' END"
    problem = f"CASE WHEN isinf({double}) THEN 'not_finite' {fraction}ELSE 'out_of_range' END"
    reason = (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN {text}s IS NULL THEN {unread} WHEN {text}v IS NULL THEN {problem} END"
    )
    return Cast(step, value, reason)


def typed_integer(value: str, kind: Literal["integer", "decimal", "number"]) -> Cast:
    """The cast of a whole number that the export holds as such."""
    sql = {"integer": "BIGINT", "decimal": "DECIMAL(18,6)", "number": "DOUBLE"}[kind]
    reason = f"CASE WHEN {value} IS NOT NULL AND {value}v IS NULL THEN 'out_of_range' END"
    return Cast(value, f"try_cast({value}s AS {sql})", reason)


def _whole(exact: str) -> str:
    return f"CASE WHEN {exact} = trunc({exact}) THEN try_cast({exact} AS BIGINT) END"


def _times(exact: str, double: str, factor: float) -> str:
    """The product, exact where the factor is a short decimal and the number is not huge."""
    if round(factor, 6) == factor and abs(factor) < 1e6:
        return (
            f"try_cast(try_cast({exact} AS DECIMAL(24,6)) * CAST({literal(f'{factor:.6f}')} "
            f"AS DECIMAL(13,6)) AS DECIMAL(38,9))"
        )
    return f"try_cast({double} * {factor!r} AS DECIMAL(38,9))"
