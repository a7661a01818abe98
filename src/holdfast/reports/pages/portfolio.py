"""The portfolio page: bands, movement, groups, renewals, red accounts, all from one document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from holdfast.charts.band_bar import BandBar
from holdfast.charts.bands import glyph
from holdfast.charts.number import number, percent
from holdfast.charts.renewals import Month, Renewals
from holdfast.reports.frame import chip, frame
from holdfast.reports.portfolio_figures import (
    band_counts,
    band_table,
    group_name,
    group_words,
    lowest_first,
    money_column,
    reasons_line,
    step_words,
    unit_of,
)
from holdfast.reports.portfolio_matrix import NO_GROUP, matrices, strategies, tier_shares
from holdfast.reports.render import figure, markup, page, svg
from holdfast.reports.words import (
    SYMBOLS,
    as_day,
    clean,
    day_full,
    day_short,
    delta,
    money,
    money_headline,
    name_words,
    plural,
)

MOST_ACCOUNTS = 200
MOST_GROUPS = 12


def portfolio_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of a portfolio document."""
    return page("portfolio.html", portfolio_context(document) | {"theme": theme})


def portfolio_context(document: Mapping[str, Any], most: int = MOST_ACCOUNTS) -> dict[str, Any]:
    """What the template of the portfolio shows, with at most so many accounts."""
    document = clean({**document, "accounts": lowest_first(document["accounts"], most)})
    totals, currency = document["totals"], document.get("currency")
    context = frame(document, "Portfolio", "Portfolio") | {
        "summary": f"{plural(totals['accounts'], 'account')} · {money_headline(totals['arr'], currency)} ARR",
        "arr_unknown": plural(totals["arr_unknown"], "account") if totals["arr_unknown"] else "",
        "tiles": _tiles(document),
        "before": day_short(document["before"], document["as_of"]) if document.get("before") else "",
        "today": day_short(document["as_of"], document["as_of"]),
        "left": [_groups(document, "tiers")] if document.get("tiers") else [],
        "right": [_groups(document, key) for key in ("owners", "segments") if document.get(key)],
    }
    context |= _bands(document) | _renewals(document) | _red(document) | _accounts(document)
    context |= {"matrices": matrices(document), "strategies": strategies(document), "shares": tier_shares(document)}
    return context | {"not_scored": _not_scored(document)}


def _tiles(document: Mapping[str, Any]) -> list[dict[str, str]]:
    totals, currency, soon = document["totals"], document.get("currency"), document["red_renewals"]
    arr = totals["arr"]

    def share(part: float) -> str:
        return f"{percent(part / arr, 1)} of {money_headline(arr, currency)}" if arr else "no revenue known"

    without = totals["accounts"] - totals["with_score"]
    red = f"{number(totals['red_accounts'])} of {number(totals['with_score'])}"
    return [
        {"name": "ARR", "figure": money_headline(arr, currency), "note": plural(totals["accounts"], "account")},
        {
            "name": "At-risk ARR",
            "figure": money_headline(totals["at_risk_arr"], currency),
            "note": f"score below {number(totals['at_risk_below'])}: {share(totals['at_risk_arr'])}",
        },
        {"name": "Red accounts", "figure": red, "note": f"with a score; {money_headline(totals['red_arr'], currency)}"},
        {
            "name": "Not enough data",
            "figure": f"{number(without)} of {number(totals['accounts'])}",
            "note": "accounts whose score is withheld",
        },
        {
            "name": f"Renew in {soon['days']} d",
            "figure": money_headline(soon["due"]["arr"], currency),
            "note": plural(soon["due"]["accounts"], "account"),
        },
        {
            "name": f"Red, renew in {soon['days']} d",
            "figure": money_headline(soon["red"]["arr"], currency),
            "note": plural(soon["red"]["accounts"], "account"),
        },
    ]


def _bands(document: Mapping[str, Any]) -> dict[str, Any]:
    table = band_table(document)
    amounts = [(entry["band"], max(float(entry["arr"]), 0.0)) for entry in document["bands"]]
    return {
        "band_bar": svg(BandBar(amounts, "ARR by band", "ARR", width=600.0)),
        "band_table": table,
        "short_figures": all(len(row.arr) < len("100,000") for row in table.rows),
        "band_rows": [{"row": row, "glyph": markup(glyph(row.band.name))} for row in table.rows],
    }


def _groups(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    every = document[key]
    divisor, unit = unit_of(document["totals"]["arr"], document.get("currency"))
    amounts = money_column([group["arr"] for group in every], divisor)
    rows = [
        {
            "key": group.get("key"),
            "arr": number(amounts[place]),
            "name": group_name(group, NO_GROUP[key]),
            "bar": svg(
                BandBar(
                    band_counts(group["bands"]),
                    group_name(group, NO_GROUP[key]),
                    width=300.0,
                    height=8.0,
                    greyed=group["too_few"],
                )
            ),
            "words": group_words(group),
            "few": group["too_few"],
        }
        for place, group in enumerate(every[:MOST_GROUPS])
    ]
    rest = every[MOST_GROUPS:]
    more = (
        f"{plural(len(rest), 'more', 'more')} with {plural(sum(g['accounts'] for g in rest), 'account')}. "
        if rest
        else ""
    )
    total = f"{number(sum(group['accounts'] for group in every))} accounts and {number(math.fsum(amounts))} {unit} ARR"
    names = {"owners": ("By owner", "Owners"), "segments": ("By segment", "Segments"), "tiers": ("By tier", "Tiers")}
    title, plural_name = names[key]
    caution = "Segments differ, so this is no ranking of people. " if key == "owners" else ""
    return {"id": key, "title": title, "rows": rows, "note": f"{caution}{more}{plural_name} sum to {total}.",
            "unit": unit}


def _renewals(document: Mapping[str, Any]) -> dict[str, Any]:
    plan, currency = document["renewals"], document.get("currency")
    months = [
        Month(first, {entry["band"]: float(entry["arr"]) for entry in row["bands"]})
        for row in plan["months"]
        if (first := as_day(row["month"])) is not None
    ]
    code = (currency or "").upper()
    sign = SYMBOLS.get(code, code)
    top = max((month.total for month in months), default=0.0)
    divisor, unit, decimals = (1e6, f"{sign} M", 1) if top >= 1e6 else (1e3, f"{sign} thousand", 1 if top < 1e4 else 0)
    chart = Renewals(months, unit, divisor, decimals)
    rest = [
        f"{words} {money_headline(plan[key]['arr'], currency)} ({plural(plan[key]['accounts'], 'account')})"
        for key, words in (("overdue", "past its date"), ("later", "later"), ("undated", "without a date"))
        if plan[key]["accounts"]
    ]
    return {
        "renewals": figure(chart, replace(chart, width=340.0)),
        "renewals_unit": unit,
        "renewals_sum": money_headline(math.fsum(row["arr"] for row in plan["months"]), currency),
        "renewals_rest": ", ".join(rest),
    }


def _red(document: Mapping[str, Any]) -> dict[str, Any]:
    soon, currency, as_of = document["red_renewals"], document.get("currency"), document["as_of"]
    shown = soon["accounts"][:20]
    rows = [_account(row, currency) | {"renews": day_short(row.get("renews_on"), as_of)} for row in shown]
    head = f"{len(shown)} of {number(soon['red']['accounts'])} shown, by ARR; "
    all_words = money_headline(soon["red"]["arr"], currency)
    return {"red": rows, "red_days": soon["days"], "red_head": f"{head}all sum to {all_words}"}


def _account(row: Mapping[str, Any], currency: str | None) -> dict[str, Any]:
    owner = row.get("owner_name") or row.get("owner")
    return {
        "name": row.get("name") or row["account_id"],
        "id": row["account_id"],
        "chip": chip(row),
        "delta": delta(row.get("delta_7d")),
        "arr": money(row.get("arr"), currency) if row.get("arr") is not None else "unknown",
        "owner": owner or "No owner",
        "reasons": reasons_line(row),
        "step": step_words(row.get("next_step")),
        "was": _was(row),
    }


def _was(row: Mapping[str, Any]) -> str:
    before = row.get("band_before")
    return f"was {name_words(before).lower()}" if before and before != row.get("band") else ""


def _accounts(document: Mapping[str, Any]) -> dict[str, Any]:
    shown, total = document["accounts"], document["totals"]["accounts"]
    return {
        "accounts": [_account(row, document.get("currency")) for row in shown],
        "accounts_head": f"{number(len(shown))} of {number(total)} shown, lowest score first",
    }


def _not_scored(document: Mapping[str, Any]) -> dict[str, Any] | None:
    outside = document.get("not_scored") or []
    if not outside:
        return None
    reasons: dict[str, list[str]] = {}
    for entry in outside:
        reasons.setdefault(str(entry["reason"]), []).append(str(entry.get("name") or entry["account_id"]))
    rows = [
        {
            "reason": reason,
            "count": number(len(names)),
            "names": ", ".join(names[:8]) + (" …" if len(names) > 8 else ""),
        }
        for reason, names in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    return {"rows": rows, "count": plural(len(outside), "account"), "as_of": day_full(document["as_of"])}
