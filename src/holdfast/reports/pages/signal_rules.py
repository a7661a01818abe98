"""The rules of signals as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.bands import glyph
from holdfast.charts.number import number, percent, signed
from holdfast.portfolio.groups import FEWEST, wilson
from holdfast.reports.account_side import SEVERITY
from holdfast.reports.render import markup
from holdfast.reports.words import day_full, day_short, name_words, plural


def signal_rules_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows."""
    as_of = document["as_of"]
    rules = document["rules"]
    labels = {one["signal"]: one["label"] for one in rules}
    known = [one for one in rules if not one["missing"]]
    last, before = (_sum(known, key) for key in ("last", "before"))
    return {
        "title": "Signals", "rules": [_rule(one) for one in known],
        "lacking": [{"label": one["label"], "missing": ", ".join(one["missing"])} for one in rules if one["missing"]],
        "summary": f"{plural(len(known), 'rule')}, {number(sum(one['open'] for one in known))} findings open",
        "span": f"{day_short(document['from'], as_of)} to {day_short(as_of, as_of)}",
        "before_from": day_full(document["before_from"]), "stored_from": day_full(document["stored_from"]),
        "last": _count(last), "before": _count(before), "change": _change(last, before), "reach": before is not None,
        "looked": looked_words(**document["looked"]) if before is not None else "",
        "overlap": [
            {"first": labels.get(pair["signals"][0], pair["signals"][0]),
             "second": labels.get(pair["signals"][1], pair["signals"][1]),
             "accounts": number(pair["accounts"]), "share": percent(pair["share"])} for pair in document["overlap"]
        ],
    }


def looked_words(last: int, before: int) -> str:
    """What to know where the two periods were not looked at equally often; empty where they were.

    >>> looked_words(13, 13), looked_words(90, 13)[:60]
    ('', 'Looked at on 90 days, before on 13: what held for a few days')
    """
    if last < 2 * before:
        return ""
    return (f"Looked at on {plural(last, 'day')}, before on {number(before)}: what held for a few days only is counted "
            "in the newer span alone.")


def _rule(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one, "severity": name_words(one["severity"]),
        "glyph": markup(glyph(SEVERITY.get(one["severity"], "neutral"))),
        "category": name_words(one["category"]), "owner": name_words(one["owner"]),
        "open": number(one["open"]), "last": _count(one["last"]), "before": _count(one["before"]),
        "change": _change(one["last"], one["before"]), "right": right_words(one["right"], one["judged"]),
        "few": one["judged"] < FEWEST,
        "levels": [{"severity": name_words(level["severity"]), "words": level["words"]} for level in one["levels"]],
    }


def right_words(right: int, judged: int) -> str:
    """How often a rule was right, with interval and base; from 30 judgements on as a share.

    >>> right_words(0, 0), right_words(3, 4), right_words(27, 38)
    ('nobody has judged', '3 of 4, too few for a share', '71% of 38 (55 to 83%)')
    """
    if not judged:
        return "nobody has judged"
    interval = wilson(right, judged)
    if judged < FEWEST or interval is None:
        return f"{number(right)} of {number(judged)}, too few for a share"
    return f"{percent(right / judged)} of {number(judged)} ({number(100 * interval[0])} to {percent(interval[1])})"


def _sum(rules: list[Mapping[str, Any]], key: str) -> int | None:
    counts = [one[key] for one in rules]
    return None if not counts or None in counts else sum(counts)


def _count(count: int | None) -> str:
    return "unknown" if count is None else number(count)


def _change(last: int | None, before: int | None) -> str:
    if last is None or before is None:
        return "unknown"
    return "±0" if last == before else signed(last - before, 0)
