"""Values in words: a number with its unit, for evidence texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from holdfast.definitions.metric import Metric
from holdfast.signals.texts import names_in

from .units import unit_of_one

_BRACES = re.compile(r"\{([a-z_][a-z0-9_]*)(?::(abs))?\}")
NO_BREAK = "\u00a0"
_MONEY = ("arr", "mrr")
_BARE = ("count", "number", "yes or no", "answer", "people")


def fill(
    text: str, values: Mapping[str, Any], metrics: Mapping[str, Metric], currency: str = ""
) -> str | None:
    """``text`` with every brace filled from ``values``; None where one of them is unknown.

    ``{name:abs}`` leaves out the sign.
    """
    if any(values.get(name) is None for name in names_in(text)):
        return None

    def one(match: re.Match[str]) -> str:
        value = values[match[1]]
        if match[2] and not isinstance(value, str):
            value = abs(value)
        if match[1] in _MONEY:
            return _with_unit(float(value), "money", currency)
        return in_words(value, metrics.get(match[1]), currency)

    return _BRACES.sub(one, text)


def in_words(value: Any, metric: Metric | None = None, currency: str = "") -> str:
    """A value with its unit.

    >>> in_words(date(2026, 3, 29))
    '29 March 2026'
    >>> in_words(1234.5)
    '1,234.5'
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str):
        return value.replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if metric is None:
        return f"{currency}{NO_BREAK}{number(value)}" if isinstance(value, Decimal) else number(value)
    if metric.labels and float(value) in metric.labels:
        return metric.labels[float(value)]
    return _with_unit(float(value), metric.unit, currency)


def number(value: float | Decimal, digits: int = 1) -> str:
    """A number with thousands separated and at most one digit after the point."""
    text = f"{float(value):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_unit(value: float, unit: str, currency: str) -> str:
    if unit in ("share", "percent"):
        return f"{number(value * 100 if unit == 'share' else value, 0)}{NO_BREAK}%"
    if unit.startswith("money"):
        period = unit.removeprefix("money")
        return f"{currency}{NO_BREAK}{number(value, 0)}{period}".lstrip(NO_BREAK)
    if unit in _BARE or unit.startswith(("score", "mood", "points")):
        return number(value)
    return f"{number(value)}{NO_BREAK}{unit_of_one(unit) if abs(value) == 1 else unit}"
