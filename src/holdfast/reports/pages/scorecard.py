"""A scorecard as a page shows it: tree, values, limits, versions, and whom it scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.charts.bands import glyph
from holdfast.charts.distribution import Distribution
from holdfast.charts.number import number, percent, short
from holdfast.charts.rounding import largest_remainder
from holdfast.reports.render import figure, markup
from holdfast.reports.words import day_full, measure, name_words, plural

MISSING = {"redistribute": "its weight is spread over the others", "neutral": "it counts as 50 points",
           "zero": "it counts as 0 points", "worst": "it counts as the worst points"}
SCORERS = {"linear": "points along a line", "thresholds": "points by steps",
           "trend_adjusted": "points moved by a trend",
           "exponential": "points that level off", "percentile": "points by rank among peers",
           "own_baseline": "points against the account's own baseline", "category": "points by answer"}
MOST = 50
"""Accounts listed on the page."""
WIDEST = 12
"""Letters of a value under a picture; a longer one stands without its unit."""


def scorecard_context(
    card: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]], currency: str | None
) -> dict[str, Any]:
    """What the template shows; ``names`` are the account rows by id."""
    total = sum(part["weight"] for part in card["components"])
    shares = largest_remainder([100 * part["weight"] / total for part in card["components"]], 1) if total else []
    parts = [
        _component(part, share, total, currency) for part, share in zip(card["components"], shares, strict=False)
    ]
    return {
        "title": name_words(card["label"]), "card": card, "parts": parts, "sum": number(sum(shares), 1),
        "summary": f"dial {card['dial']}, version {card['version']} · {plural(card['accounts'], 'account')}, "
                   f"{number(card['with_score'])} with a score",
        "coverage": "unknown" if card["coverage"] is None else percent(card["coverage"]),
        "applies": card["when"] or "every scored account that no card of a higher priority takes",
        "reviewed": day_full(card["reviewed"]) if card["reviewed"] else "never",
        "missing": MISSING[card["missing"]],
        "limits": [
            {"why": one["why"], "when": one["when"], "for": one["expires"] or "as long as it holds",
             "what": f"at most {short(one['cap'])}" if one["cap"] is not None else f"at least {short(one['floor'])}"}
            for one in card["limits"]
        ],
        "bands": [{"name": name_words(name), "from": short(cut)} for name, cut in card["bands"].items()],
        "versions": [
            {"since": day_full(one["since"]), "version": one["version"], "first": one["first"],
             "changes": [change["words"] for change in one["changes"]]} for one in card["versions"]
        ],
        "base": [change["words"] for change in card["against_base"]],
        "accounts": _accounts(card["why"], names), "accounts_head": _head(card["why"]),
    }


def _component(part: Mapping[str, Any], share: float, total: float, currency: str | None) -> dict[str, Any]:
    metrics = [_metric(one, 100 * one["weight"] / total if total else 0.0, currency) for one in part["metrics"]]
    mean = "no account has a score here" if part["mean"] is None else \
        f"mean {number(part['mean'], 1)} of 100, n = {number(part['accounts'])}"
    return {"id": part["component"], "label": name_words(part["label"]), "weight": number(share, 1), "mean": mean,
            "share": share, "reason": part["reason"], "metrics": metrics}


def _metric(one: Mapping[str, Any], share: float, currency: str | None) -> dict[str, Any]:
    def words(value: float | None) -> str:
        return one["labels"].get(value) or measure(value, one["unit"], currency)

    edges: Sequence[float] = one["edges"]
    marks = [(f"p{share}", one[f"p{share}"]) for share in (10, 50, 90) if one[f"p{share}"] is not None]
    ends = (_end(words(edges[0]), edges[0]), _end(words(edges[-1]), edges[-1])) if edges else ("", "")
    chart = Distribution(edges, one["counts"], one["unknown"], one["label"], one["points"], one["joined"], marks, ends)
    known, every = one["known"], one["known"] + one["unknown"]
    return {
        "name": one["metric"], "label": one["label"], "words": one["words"], "weight": number(share, 1),
        "formula": one["formula"], "reason": one["reason"], "scorer": SCORERS[one["scorer"]],
        "points": [f"from {words(value)}: {short(points)}" for value, points in one["points"]]
        if not one["joined"] else [f"{words(value)}: {short(points)}" for value, points in one["points"]],
        "age": f"older than {one['max_age']} is unknown" if one["max_age"] else "", "figure": figure(chart),
        "known": f"{number(known)} of {number(every)} accounts have a value"
                 f"{f' ({percent(known / every)})' if every else ''}",
        "quantiles": " · ".join(f"{name} {words(value)}" for name, value in marks),
    }


def _end(words: str, value: float) -> str:
    return words if len(words) <= WIDEST else short(value)


def _accounts(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: (row["score"] is None, row["score"] or 0.0, row["account_id"]))
    return [
        {"id": row["account_id"], "name": names.get(row["account_id"], {}).get("name") or row["account_id"],
         "score": "–" if row["score"] is None else number(row["score"], 1), "band": name_words(row["band"]),
         "glyph": markup(glyph(row["band"])) if row["band"] in GLYPHS else "",
         "coverage": "unknown" if row["coverage"] is None else percent(row["coverage"]), "why": row["reason"] or ""}
        for row in ordered[:MOST]
    ]


GLYPHS = ("thriving", "healthy", "neutral", "at_risk", "critical", "not_enough_data")


def _head(rows: Sequence[Any]) -> str:
    return f"{number(min(len(rows), MOST))} of {number(len(rows))} shown, lowest score first"
