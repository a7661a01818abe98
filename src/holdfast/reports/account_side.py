"""What stands beside the explanation: next steps, drivers, contract, other dials, the group it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.bands import band_of
from holdfast.charts.number import number, percent, signed

from .words import UNKNOWN, clock, day_full, day_short, days_between, money, name_words, plural

SEVERITY = {
    "critical": "critical",
    "very_high": "critical",
    "high": "at_risk",
    "medium": "neutral",
    "low": "healthy",
}
DIALS = ("pulse", "value", "tier", "stakeholder", "adoption", "risk", "data")
DUE = {"d": "day", "h": "hour", "w": "week"}


def next_steps(document: Mapping[str, Any]) -> list[dict[str, str]]:
    """Actions in their order: what, why, who, until when."""
    found = []
    for action in document.get("actions") or []:
        severity = str(action.get("severity") or "medium").lower()
        found.append(
            {
                "what": str(action.get("action") or action.get("text") or action.get("label") or ""),
                "label": str(action.get("label") or name_words(action.get("signal"))),
                "evidence": str(action.get("evidence") or ""),
                "owner": owner_words(action),
                "due": due_words(action, document),
                "severity": name_words(severity),
                "glyph": SEVERITY.get(severity, "neutral"),
            }
        )
    return found


def owner_words(action: Mapping[str, Any]) -> str:
    """Who takes a step: the person, else the role."""
    person = action.get("owner_name") or action.get("owner")
    role = name_words(action["owner_role"]) if action.get("owner_role") else ""
    if not person:
        return role or "nobody named"
    person = str(person) if "@" in str(person) or " " in str(person) else name_words(person)
    return f"{person}, {role}" if role else person


def due_words(action: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Deadline with the days left, or the time allowed.

    >>> due_words({"due_on": "2026-03-18"}, {"as_of": "2026-03-17"}), due_words({"due": "2d"}, {})
    ('18 Mar, 1 d left', 'within 2 days')
    """
    if action.get("due_on"):
        left = days_between(document.get("as_of"), action["due_on"])
        words = day_short(action["due_on"], document.get("as_of"))
        if left is None:
            return words
        return f"{words}, {left} d left" if left > 0 else f"{words}, today" if left == 0 else f"{words}, {-left} d over"
    due = str(action.get("due") or "")
    if due[:-1].isdigit() and due[-1:] in DUE:
        return f"within {plural(int(due[:-1]), DUE[due[-1]])}"
    return due.replace("_", " ")


def drivers(document: Mapping[str, Any], side: str) -> list[dict[str, str]]:
    """What lifts (``up``) or lowers (``down``) the score, with its points."""
    found = []
    for entry in (document.get("drivers") or {}).get(side) or []:
        if isinstance(entry, str):
            found.append({"text": entry, "points": ""})
            continue
        points = next((entry[key] for key in ("points", "amount", "effect") if entry.get(key) is not None), None)
        text = entry.get("text") or entry.get("label") or name_words(entry.get("metric"))
        shown = "" if points is None else signed(float(points))
        found.append({"text": str(text).removesuffix(f"; {shown}"), "points": shown})
    return found


def contract(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Facts of the contract as (what, value, second line); what is not known says so."""
    currency, as_of = document.get("currency"), document.get("as_of")

    def ahead(key: str) -> tuple[str, str]:
        left = days_between(as_of, document.get(key))
        if left is None:
            return "unknown", "no date on file"
        return day_full(document[key]), f"in {left} d" if left > 0 else "today" if left == 0 else f"{-left} d ago"

    seats, tenure = document.get("seats"), document.get("tenure_days")
    return [
        ("ARR", _or_unknown(money(document.get("arr"), currency)), ""),
        ("MRR", _or_unknown(money(document.get("mrr"), currency)), ""),
        ("Seats", "unknown" if seats is None else number(seats), ""),
        ("Renews", *ahead("renews_on")),
        ("Notice by", *ahead("notice_by")),
        ("Customer for", "unknown" if tenure is None else f"{number(tenure)} d", ""),
    ]


def _or_unknown(words: str) -> str:
    return "unknown" if words == UNKNOWN else words


def other_dials(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The dials beside health, each by itself; they never enter the health score here."""
    dials = document.get("dials") or {}
    found = []
    for name in sorted(set(dials) - {"health"}, key=lambda n: (DIALS.index(n) if n in DIALS else len(DIALS), n)):
        dial = dials[name] or {}
        score, share = dial.get("score"), dial.get("coverage")
        found.append(
            {
                "name": name_words(name),
                "score": "no score" if score is None else f"{number(score)} of 100",
                "band": band_of(dial.get("band")).name,
                "word": band_of(dial.get("band")).word,
                "share": "" if share is None else f"{percent(share)} of weight has data",
            }
        )
    return found


def group(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The three readings of a parent account; empty for an account without children."""
    parent = document.get("parent")
    if not isinstance(parent, Mapping):
        return []
    names = (
        ("own", "Its own score"),
        ("lowest_child", "Lowest child"),
        ("revenue_weighted", "Revenue-weighted"),
    )
    return [(words, "no score" if parent.get(key) is None else number(parent[key], 1)) for key, words in names]


def about(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """By which scorecard, why this one, from which run."""
    card, run = document.get("scorecard") or {}, document.get("run") or {}
    name = card.get("label") or name_words(card.get("name"))
    rows = [("Scorecard", f"{name} v{card.get('version', UNKNOWN)}" if card.get("name") else "none applies")]
    if card.get("why"):
        rows.append(("Why this one", str(card["why"])))
    if card.get("assumed"):
        rows.append(("Assumed", str(card["assumed"])))
    rows.append(("Clock", "as believed then" if document.get("clock") == "believed" else "as now known"))
    if run.get("id") is not None:
        rows.append(
            (
                "Run",
                f"{run['id']}, {clock(run.get('published_at'))}" if run.get("published_at") else str(run["id"]),
            )
        )
    return rows
