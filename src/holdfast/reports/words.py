"""How numbers, dates, money and unknowns are worded, on pages and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from holdfast.actions.units import unit_of_one
from holdfast.charts.number import number, plain, short, signed
from holdfast.charts.scale import MONTHS

UNKNOWN = "–"
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHARES = {"share", "percent", "rate", "fraction"}
CHANGES = {"relative", "change"}
YES_NO = {"yes no", "yes or no", "boolean", "flag"}
OUT_OF = {"score 0-10": "10", "score 1-5": "5", "points of 10": "10", "points of 100": "100"}
MONEY = {"money", "currency", "amount"}
SUFFIX = {
    "days": "d",
    "day": "d",
    "hours": "h",
    "hour": "h",
    "minutes": "min",
    "minute": "min",
    "seconds": "s",
    "second": "s",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
}
INITIALS = {"smb", "csm", "vp", "crm", "nps", "ceo", "cs"}
BARE = {"", "count", "number", "ratio", "score", "points", "index", "none", "net score", "mood -1 to 1"}


def clean(value: Any) -> Any:
    """A document with every text, keys apart, freed of control and direction characters."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: clean(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [clean(entry) for entry in value]
    return value


def as_day(value: object) -> date | None:
    """A day from a date, a timestamp or their ISO text; None where it is neither."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day_full(value: object) -> str:
    """A day in full.

    >>> day_full("2026-03-17")
    'Tue 17 Mar 2026'
    """
    day = as_day(value)
    return UNKNOWN if day is None else f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_short(value: object, this_year: object = None) -> str:
    """A day without the year where it is that of ``this_year``.

    >>> day_short("2026-03-17", "2026-12-31"), day_short("2025-03-17", "2026-12-31")
    ('17 Mar', '17 Mar 2025')
    """
    day, now = as_day(value), as_day(this_year)
    if day is None:
        return UNKNOWN
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if now is not None and now.year == day.year else f"{words} {day.year}"


def clock(value: object, this_year: object = None) -> str:
    """Day and time of a timestamp, as it stands; a day alone stays a day."""
    text = str(value) if value else ""
    time = text[11:16] if len(text) > 15 else ""
    return f"{day_short(value, this_year)} {time}".strip()


def age(days: float | None) -> str:
    """An age in days, hours under two days, minutes under two hours.

    >>> age(47), age(0.385), age(0.01), age(None)
    ('47 d', '9 h', '14 min', '–')
    """
    if days is None:
        return UNKNOWN
    if days >= 2 or days == int(days):
        return f"{number(days, 0 if days == int(days) else 1)} d"
    return f"{number(days * 24)} h" if days * 24 >= 2 else f"{number(days * 1440)} min"


def money(amount: object, currency: str | None) -> str:
    """An amount to the unit, or to the cent where it has cents.

    >>> money(412600, "EUR"), money(-120.5, "EUR"), money(1500, "CHF"), money(None, "EUR")
    ('€412,600', '−€120.50', 'CHF 1,500', '–')
    """
    if amount is None:
        return UNKNOWN
    exact = Decimal(str(amount)).quantize(Decimal("0.01"))
    shown = f"{abs(exact):,.2f}".removesuffix(".00")
    code = (currency or "").upper()
    sign = "−" if exact < 0 else ""
    if code in SYMBOLS:
        return f"{sign}{SYMBOLS[code]}{shown}"
    return f"{sign}{code} {shown}".strip() if code else sign + shown


def money_headline(amount: object, currency: str | None) -> str:
    """An amount for a headline, in millions from one million on.

    >>> money_headline(7270000, "EUR"), money_headline(412600, "EUR")
    ('€7.27 M', '€412,600')
    """
    if amount is None or abs(Decimal(str(amount))) < 1_000_000:
        return money(None if amount is None else round(Decimal(str(amount))), currency)
    return money(round(Decimal(str(amount)) / 1_000_000, 2), currency) + " M"


def measure(value: float | None, unit: str = "", currency: str | None = None, plus: bool = False) -> str:
    """The value of a metric with its unit; ``plus`` where it is a change, which carries its sign.

    >>> measure(0.38, "share"), measure(47, "days"), measure(0, "yes or no"), measure(0.05, "share", plus=True)
    ('38%', '47 d', 'no', '+5%')
    >>> measure(3, "tickets"), measure(None, "share"), measure(7, "score 0-10"), measure(90, "money a month", "EUR")
    ('3 tickets', '–', '7 of 10', '€90 a month')
    """
    if value is None:
        return UNKNOWN
    kind, _, period = unit.lower().replace("_", " ").partition(" a ")
    if kind in YES_NO:
        return "yes" if value else "no"
    per = f" a {period}" if period else ""
    if kind in SHARES or kind in CHANGES:
        shown = signed(value * 100, 0) if plus or kind in CHANGES else number(value * 100)
        return f"{shown}%{per}"
    if kind in MONEY:
        return money(value, currency) + per
    shown = ("+" if plus and value > 0 else "") + short(value)
    if kind in SUFFIX:
        whole = number(value, 0 if value == int(value) else 1)
        return f"{'+' if plus and value > 0 else ''}{whole} {SUFFIX[kind]}{per}"
    if kind in OUT_OF:
        return f"{shown} of {OUT_OF[kind]}"
    if kind in BARE:
        return shown + per
    return f"{shown} {unit_of_one(unit) if abs(value) == 1 else unit.replace('_', ' ')}"


def window(value: str | None) -> str:
    """A window as it is printed.

    >>> window("30d"), window(None)
    ('30 d', '')
    """
    if not value:
        return ""
    return f"{value[:-1]} d" if value.endswith("d") and value[:-1].isdigit() else value


def delta(value: float | None, decimals: int = 1) -> str:
    """Arrow, sign and one decimal; ``no score`` where there is none.

    >>> delta(-14.2), delta(0.0), delta(None)
    ('↘ −14.2', '→ ±0.0', 'no score')
    """
    if value is None:
        return "no score"
    words = signed(value, decimals)
    return f"{'→' if words[0] == '±' else '↗' if words[0] == '+' else '↘'} {words}"


def name_words(name: object) -> str:
    """A name from a definition as words.

    >>> name_words("mid_market"), name_words(None)
    ('Mid market', '–')
    """
    words = str(name or "").replace("_", " ").strip()
    if words.lower() in INITIALS:
        return words.upper()
    return words[:1].upper() + words[1:] if words else UNKNOWN


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "account"), plural(1312, "account")
    ('1 account', '1,312 accounts')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def days_between(start: object, end: object) -> int | None:
    """Days from one day to another; None where one is unknown."""
    first, last = as_day(start), as_day(end)
    return None if first is None or last is None else (last - first).days
