"""What an edited scorecard would change, in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.number import number
from holdfast.reports.words import clean, day_full, money, plural

from .pieces import add, band, heading, table, text

MOST = 15
WEEKS = 8
WIDTH = 24


def trial_tables(document: Mapping[str, Any]) -> RenderableType:
    """Flips with revenue, falls by week, scores before and after, pairs that say much the same."""
    document = clean(document)
    card, days = document["scorecard"], document["days"]
    computed = ", ".join(document["computed"]) or "nothing but bands and limits"
    return Group(
        heading(f"{card['name']} version {card['version']} over {plural(days, 'stored day')}", f"computed: {computed}"),
        *(text(note) for note in document["notes"]),
        *_flips(document),
        *_weeks(document),
        heading("Scores by tenths", f"on {day_full(document['as_of'])}"),
        _histogram(document),
        *_pairs(document["correlations"]),
        text("Nothing was stored: a scorecard counts from the next holdfast run.", "dim"),
    )


def _flips(document: Mapping[str, Any]) -> list[RenderableType]:
    found, currency = document["flips"], document["currency"]
    note = f"{plural(found['accounts'], 'account')}, {money(round(found['mrr'] or 0), currency)} MRR"
    parts: list[RenderableType] = [heading(f"Other band on {day_full(document['as_of'])}", note)]
    if not found["accounts"]:
        return parts
    sums = table(("From", ""), ("To", ""), ("Accounts", "right"), ("MRR", "right"))
    for move in found["moves"]:
        shown = money(round(move["mrr"] or 0), currency)
        add(sums, [band(move["from"]), band(move["to"]), number(move["accounts"]), shown])
    listed = table(
        ("Account", "name"), ("From", ""), ("To", ""), ("Before", "right"), ("After", "right"), ("MRR", "right")
    )
    for row in found["list"][:MOST]:
        amount = "unknown" if row["mrr"] is None else money(round(row["mrr"]), currency)
        add(
            listed,
            [row["name"] or row["account_id"], band(row["from"]), band(row["to"]), _score(row["score_before"]),
             _score(row["score_after"]), amount],
        )
    more = len(found["list"]) - MOST
    return [*parts, sums, text(""), listed, *([text(f"and {more} more; --json names all", "dim")] if more > 0 else [])]


def _score(value: float | None) -> str:
    return "–" if value is None else number(value, 1)


def _weeks(document: Mapping[str, Any]) -> list[RenderableType]:
    weeks = [w for w in document["weeks"] if None not in w["falls"]["before"].values()][-WEEKS:]
    if not weeks:
        return []
    watched = list(weeks[0]["falls"]["before"])
    heads = [(f"{name.replace('_', ' ')}, {side}", "right") for name in watched for side in ("before", "after")]
    made = table(("Week to", ""), ("Accounts", "right"), ("Other band", "right"), *heads)
    for week in weeks:
        falls = [number(week["falls"][side][name]) for name in watched for side in ("before", "after")]
        add(made, [week["week"], number(week["accounts"]), number(week["flipped"]), *falls])
    return [heading("Falls by week", "accounts that came into the band from a better one"), made]


def _histogram(document: Mapping[str, Any]) -> RenderableType:
    edges, sides = document["histograms"]["edges"], document["histograms"]["newest"]
    before, after = sides["before"], sides["after"]
    longest = max(*before["bins"], *after["bins"], 1)
    made = table(("Score", "right"), ("Before", "right"), ("", ""), ("After", "right"), ("", ""))
    for place, (was, now) in reversed(list(enumerate(zip(before["bins"], after["bins"], strict=True)))):
        bars = ["█" * round(WIDTH * count / longest) for count in (was, now)]
        add(made, [f"{edges[place]} to {edges[place + 1]}", number(was), bars[0], number(now), bars[1]])
    add(made, ["none", number(before["not_enough_data"]), "", number(after["not_enough_data"]), ""], "dim")
    return made


def _pairs(found: Mapping[str, Any]) -> list[RenderableType]:
    pairs = [(level, pair) for level in ("components", "metrics") for pair in found[level]["pairs"]]
    head = heading("Much the same", f"pairs of components or metrics correlated above {found['above']:g}")
    if not pairs:
        return [head, text("None.")]
    made = table(("", ""), ("", "name"), ("", "name"), ("Correlation", "right"), ("Rows", "right"))
    for level, pair in pairs[:MOST]:
        add(made, [level, pair["a"], pair["b"], number(pair["r"], 2), number(pair["n"])])
    return [head, made]
