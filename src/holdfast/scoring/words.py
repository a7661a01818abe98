"""Facts in words: a metric's value with its unit and its time, short enough for a line."""

from __future__ import annotations

from holdfast.definitions.metric import Metric

LONGEST = 60
SIGNED = ("change", "baseline", "slope")


def value_words(metric: Metric, value: float) -> str:
    """The value with its unit, rounded as people say it; a change carries its sign.

    >>> logins = Metric(name="m", label="Logins", words="", unit="count", count={})
    >>> value_words(logins, 3.0), value_words(logins, 12000.0)
    ('3', '12,000')
    >>> change = Metric(name="m", label="Use", words="", unit="share", change={"of": "a", "over": "30d"})
    >>> value_words(change, -0.42)
    '−42%'
    """
    label = metric.labels.get(value)
    if label:
        return label
    sign = "+" if metric.primitive in SIGNED and value > 0 else ""
    unit = metric.unit
    if unit == "share":
        return f"{sign}{number(value * 100)}%"
    if unit in ("count", ""):
        return f"{sign}{number(value)}"
    short = {"days": "d", "hours": "h", "months": "months"}.get(unit)
    if short:
        return f"{sign}{number(value)} {short}"
    if unit.startswith(("score", "mood", "points of 100", "net")):
        return f"{sign}{number(value)}{_scale(unit)}"
    return f"{sign}{number(value)} {unit}"


def number(value: float) -> str:
    """A number as people write it: whole where large, one decimal below 10, a true minus sign.

    >>> number(3.0), number(-2.25), number(12345.6), number(0.04)
    ('3', '−2.2', '12,346', '0.04')
    """
    size = abs(value)
    digits = 0 if value == round(value) or size >= 100 else 1 if size >= 0.1 else 2
    text = f"{size:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def fact(metric: Metric, value: float) -> str:
    """One fact about a row in at most 60 characters.

    >>> fact(Metric(name="m", label="Open tickets", words="", unit="count", count={}), 6.0)
    'Open tickets: 6'
    >>> fact(Metric(name="m", label="Logins, 30 days", words="", unit="logins", count={}), 0.0)
    'Logins, 30 days: 0'
    """
    words = value_words(metric, value)
    if metric.unit.lower() in metric.label.lower():
        words = words.removesuffix(f" {metric.unit}")
    tail = f": {words}"
    return shorten(metric.label, LONGEST - len(tail)) + tail


def shorten(text: str, longest: int = LONGEST) -> str:
    """The text, cut with an ellipsis where it is too long.

    >>> shorten("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else text[: max(longest - 1, 0)].rstrip() + "…"


def points_words(amount: float) -> str:
    """Points with sign and one decimal.

    >>> points_words(-14.23), points_words(0.0)
    ('−14.2', '±0.0')
    """
    text = f"{abs(amount):.1f}"
    return f"±{text}" if text == "0.0" else f"{'+' if amount > 0 else '−'}{text}"


def _scale(unit: str) -> str:
    return {"points of 100": " of 100", "score 0-10": " of 10", "score 1-5": " of 5", "net score": " net"}.get(unit, "")
