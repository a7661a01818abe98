"""Adoption beside the peers in words, shared by page and terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.number import number, percent

from .words import day_short, name_words


def measures(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, value, and the quartiles of the peers; unknown is said."""
    found = document.get("adoption") or {}
    return [
        (one["label"], "unknown" if one["value"] is None else percent(one["value"]), peers_words(one["peers"]))
        for one in found.get("measures") or []
    ]


def peers_words(peers: Mapping[str, Any] | None) -> str:
    """The middle half of the peers.

    >>> peers_words({"low": 0.2, "middle": 0.4, "high": 0.8, "n": 40})
    'peers 20% to 80%, middle 40%, n = 40'
    """
    if peers is None:
        return "too few peers"
    return (f"peers {percent(peers['low'])} to {percent(peers['high'])}, middle {percent(peers['middle'])}, "
            f"n = {number(peers['n'])}")


def milestone_line(document: Mapping[str, Any]) -> str:
    """How many milestones are reached and overdue, and which falls due next; empty where none are defined."""
    found = (document.get("adoption") or {}).get("milestones") or {"of": 0}
    if not found["of"]:
        return ""
    if found["reached"] is None:
        return f"Milestones: unknown which of {found['of']} are reached."
    late = "" if not found["overdue"] else f", {number(found['overdue'])} overdue"
    day = document.get("as_of") or ""
    ahead = [one for one in found["due"] if one["due_on"] and one["due_on"] >= day]
    coming = f"; next due: {ahead[0]['label']}, {day_short(ahead[0]['due_on'], day)}" if ahead else ""
    return f"Milestones: {number(found['reached'])} of {found['of']} reached{late}{coming}."


def head_line(document: Mapping[str, Any]) -> str:
    """Whose quartiles are shown."""
    segment = (document.get("adoption") or {}).get("segment")
    return f"beside scored accounts of the segment {name_words(segment)}" if segment else "beside all without a segment"
