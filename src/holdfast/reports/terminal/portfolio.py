"""The portfolio in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.number import number
from holdfast.reports.portfolio_figures import band_table, group_name, group_words
from holdfast.reports.words import clean, day_full, day_short, money, money_headline, plural

from .accounts import accounts_table
from .pieces import add, band, heading, table, text


def portfolio_table(document: Mapping[str, Any], accounts: int = 10) -> RenderableType:
    """Bands, groups and the ``accounts`` lowest accounts of a portfolio document."""
    document = clean(document)
    totals, currency = document["totals"], document.get("currency")
    unit = band_table(document).unit
    note = f"{plural(totals['accounts'], 'account')}, {money_headline(totals['arr'], currency)} ARR"
    note += f"; table in {unit}" if unit else ""
    at_risk = money_headline(totals["at_risk_arr"], currency)
    parts: list[RenderableType] = [
        heading(f"Portfolio, as of {day_full(document['as_of'])}", note),
        _bands(document),
        text(
            f"At risk (score below {number(totals['at_risk_below'])}): {at_risk} ARR, "
            f"{plural(totals['at_risk_accounts'], 'account')}. Red: {number(totals['red_accounts'])} of "
            f"{number(totals['with_score'])} with a score."
        ),
        *_groups(document),
        *_red(document),
    ]
    if accounts:
        parts += [heading("Lowest scores"), accounts_table(document["accounts"], currency, limit=accounts)]
    return Group(*parts)


def _bands(document: Mapping[str, Any]) -> RenderableType:
    found = band_table(document)
    head = [("Band", ""), ("Accounts", "right"), ("ARR", "right"), ("Share", "right")]
    if document.get("movement"):
        before = day_short(document["before"], document["as_of"]) if document.get("before") else "Before"
        head += [(name, "right") for name in (before, "In", "Out", "New−lost", "Grew−shrank")]
    made = table(*head)
    for row in found.rows:
        add(made, [band(row.band.name), row.accounts, row.arr, row.share, *row.movement])
    add(made, ["Total", found.accounts, found.arr, found.share, *found.movement], "bold")
    return made


def _groups(document: Mapping[str, Any]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for key, title, none in (("owners", "By owner", "No owner"), ("segments", "By segment", "No segment")):
        groups = document.get(key) or []
        if not groups:
            continue
        made = table(
            ("", "name"), ("Accounts", "right"), ("ARR", "right"), ("Red of those with a score, 95% interval", "fold")
        )
        for group in groups[:12]:
            add(
                made,
                [
                    group_name(group, none),
                    number(group["accounts"]),
                    money(round(group["arr"]), document.get("currency")),
                    group_words(group),
                ],
                "dim" if group["too_few"] else "",
            )
        parts += [heading(title), made]
    return parts


def _red(document: Mapping[str, Any]) -> list[RenderableType]:
    soon = document["red_renewals"]
    words = f"{plural(soon['red']['accounts'], 'red account')} renew in {soon['days']} days: "
    return [
        text(
            words + f"{money_headline(soon['red']['arr'], document.get('currency'))} of "
            f"{money_headline(soon['due']['arr'], document.get('currency'))} due."
        )
    ]
