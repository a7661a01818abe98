"""The value ledger of an account: what sources tell and what people wrote here, beside each other, never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.charts.number import number
from holdfast.charts.value_bars import ValueBar, ValueBars
from holdfast.clock import now
from holdfast.metrics.derived.reporting_money import TIMES_A_YEAR
from holdfast.reports.render import figure
from holdfast.reports.words import clean, day_short, money
from holdfast.state.value_asked import ValueAnswer, ValueAsked
from holdfast.state.value_entry import ValueEntry, ValuePeriod, ValueRevision, ValueState
from holdfast.workspace.value_records import ValueRecords

from .case_words import moment_words
from .desk import Desk
from .notes import WITHHELD
from .staff import staff_name

DEGREES = {1: "first degree: a measured effect", 2: "second degree: work done", 3: "third degree: activity"}
YEAR = timedelta(days=365)
SHOWN = 6
"""Imported claims that stand open in the panel; the others are folded."""
ANSWERS = {"more": "worth more than the price", "about even": "about even", "less": "worth less than the price",
           "unknown": "no clear answer"}


def value_panel(
    entries: Sequence[ValueEntry], asked: Sequence[ValueAsked], records: ValueRecords, here: Desk,
    document: Mapping[str, Any],
) -> dict[str, Any]:
    """What the panel shows of entries written here and of the records of sources."""
    zone = ZoneInfo(here.workspace.site.definitions.settings.time_zone)
    today = now().astimezone(zone).date()
    claims, questions = records.claims, records.questions
    listed = [_claim(clean(row), here, zone, document) for row in claims or []]
    return {
        "value_rows": [_entry(one, here, zone, today) for one in entries],
        "value_imported": listed[:SHOWN], "value_below": listed[SHOWN:],
        "value_unrecorded": claims is None, "value_bars": _bars(entries, records.yearly, document, today),
        "value_apart": _apart(entries, document, today), "value_as_of": day_short(document["as_of"], today),
        "value_asked": _questions(asked, questions or [], here, zone, today),
        "question_unrecorded": questions is None, "value_currency": document.get("currency") or "",
        "value_periods": ValuePeriod.choices, "value_answers": ValueAnswer.choices,
        "value_today": today.isoformat(), "value_until": (today + YEAR).isoformat(),
        "may_value": "cases" in here.scope.areas,
    }


def yearly(one: ValueRevision, today: date) -> Decimal | None:
    """The amount a year; a single amount counts for one year from its confirmation, then as nothing.

    >>> yearly(ValueRevision(amount=Decimal(300), period="quarter"), date(2026, 3, 1))
    Decimal('1200')
    """
    if one.amount is None:
        return None
    if one.period == ValuePeriod.ONCE and one.confirmed_on is not None and today - one.confirmed_on >= YEAR:
        return Decimal(0)
    return one.amount * TIMES_A_YEAR[one.period]


def _sum(entries: Sequence[ValueEntry], state: ValueState, currency: str, today: date) -> Decimal:
    held = [one.last for one in entries if one.last.stands(today) == state and one.last.currency == currency]
    return sum((amount for one in held if (amount := yearly(one, today)) is not None), Decimal(0))


def _bars(
    entries: Sequence[ValueEntry], imported: float | None, document: Mapping[str, Any], today: date
) -> dict[str, Any] | None:
    currency, price = document.get("currency") or "", document.get("arr")

    def words(amount: float | Decimal | None) -> str:
        if amount is None:
            return "not recorded"
        shown = money(round(Decimal(str(amount))), currency)
        return f"{shown}, {number(float(amount) / float(price), 2)}× the price" if price else shown

    confirmed = _sum(entries, ValueState.CONFIRMED, currency, today)
    proposed = _sum(entries, ValueState.PROPOSED, currency, today)
    if not entries and not imported:
        return None
    bars = [
        ValueBar("Price a year", None if price is None else float(price),
                 "unknown" if price is None else money(round(Decimal(str(price))), currency), "price"),
        ValueBar("Confirmed, imported", imported, words(imported), "confirmed"),
        ValueBar("Confirmed, written here", float(confirmed), words(confirmed), "confirmed"),
        ValueBar("Proposed here", float(proposed), words(proposed), "proposed"),
    ]
    return figure(ValueBars(bars))


def _apart(entries: Sequence[ValueEntry], document: Mapping[str, Any], today: date) -> str:
    """Amounts in other currencies, which are not converted and stand in no bar."""
    held = [one.last for one in entries if one.last.stands(today) != ValueState.EXPIRED and one.last.amount is not None]
    other = [f"{money(one.amount, one.currency)} {ValuePeriod(one.period).label}" for one in held
             if one.currency != (document.get("currency") or "")]
    return ", ".join(other)


def _entry(entry: ValueEntry, here: Desk, zone: ZoneInfo, today: date) -> dict[str, Any]:
    return _version(entry.last, here, zone, today) | {
        "key": entry.last.entry, "number": entry.last.number,
        "earlier": [_version(one, here, zone, today) for one in entry.earlier],
    }


def _version(one: ValueRevision, here: Desk, zone: ZoneInfo, today: date) -> dict[str, Any]:
    state, personal = one.stands(today), here.scope.personal
    by = clean(one.confirmed_by) if personal else "a person of the customer"
    confirmed = f"confirmed by {by}, {day_short(one.confirmed_on, today)}" if one.confirmed_on else ""
    until = ""
    if one.state == ValueState.EXPIRED:
        until = f"ended {day_short(one.at.astimezone(zone).date(), today)}"
    elif one.expires_on is not None:
        until = f"{'expired' if one.expires_on < today else 'holds until'} {day_short(one.expires_on, today)}"
    return {
        "what": clean(one.what), "state": state.value, "state_words": state.label,
        "amount": "no figure" if one.amount is None else money(one.amount, one.currency),
        "period": "" if one.amount is None else ValuePeriod(one.period).label,
        "said_by": clean(one.said_by) if personal else "", "confirmed": confirmed, "until": until,
        "author": staff_name(one.author.email, here), "when": moment_words(one.at, zone, now()),
        "raw": {"amount": "" if one.amount is None else str(one.amount), "currency": one.currency,
                "period": one.period, "said_by": one.said_by},
    }


def _claim(row: Mapping[str, Any], here: Desk, zone: ZoneInfo, document: Mapping[str, Any]) -> dict[str, Any]:
    as_of = date.fromisoformat(str(document["as_of"])[:10])
    ends, confirmed = _local(row["expires_at"], zone), _local(row["confirmed_at"], zone)
    over = ends is not None and ends < as_of
    by = (row["confirmed_by"] if here.scope.personal else "") or "a person of the customer"
    return {
        "what": row["metric"] or "No words recorded", "over": over,
        "amount": "no figure" if row["amount"] is None else money(row["amount"], row["currency"]),
        "period": ValuePeriod(row["period"]).label if row["amount"] is not None and row["period"] else "",
        "degree": DEGREES.get(row["degree"] or 0, ""),
        "confirmed": f"confirmed by {by}, {day_short(confirmed, as_of)}" if confirmed else "not confirmed",
        "until": "" if ends is None else f"{'expired' if over else 'holds until'} {day_short(ends, as_of)}",
        "source": row["source"],
    }


def _questions(
    asked: Sequence[ValueAsked], imported: Sequence[Mapping[str, Any]], here: Desk, zone: ZoneInfo, today: date
) -> list[dict[str, Any]]:
    """Each time the question was asked, by whichever way it is known, the newest day first."""
    personal = here.scope.personal
    found: list[tuple[date, dict[str, Any]]] = [
        (one.asked_on, {
            "answer": ANSWERS[one.answer], "of": clean(one.asked_of) if personal else "", "source": "",
            "evidence": clean(one.evidence) if personal else WITHHELD if one.evidence else "",
            "author": staff_name(one.author.email, here)})
        for one in asked
    ]
    for row in clean(list(imported)):
        day = _local(row["asked_at"], zone)
        if day is not None:
            found.append((day, {"answer": ANSWERS.get(row["answer"] or "unknown", ""), "evidence": "", "author": "",
                                "of": row["asked_of"] if personal else "", "source": row["source"]}))
    ordered = sorted(found, key=lambda pair: pair[0], reverse=True)
    return [{**told, "on": day_short(day, today), "ago": (today - day).days} for day, told in ordered]


def _local(moment: object, zone: ZoneInfo) -> date | None:
    """The day of a moment in UTC by the clock of the company."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=UTC).astimezone(zone).date()
    return moment if isinstance(moment, date) else None
