"""The segments of an account's users in words, shared by page and terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.number import number, percent

from .words import plural


def lines(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, users, share and what to do; empty where nothing is known."""
    found = document.get("user_segments") or {}
    return [
        (one["label"], number(one["users"]),
         f"{_share(one)}{one['strategy']}" if one["users"] else "none")
        for one in found.get("segments") or []
    ]


def _share(one: Mapping[str, Any]) -> str:
    of = "active users" if one["active"] else "all users"
    return "" if one["share"] is None else f"{percent(one['share'])} of {of}. "


def head_line(document: Mapping[str, Any]) -> str:
    """How many users there are, how many of them active, unknown or gone.

    >>> found = {"why": None, "users": 5, "active": 3, "unknown": 1, "left": 2, "known_days": 180}
    >>> head_line({"user_segments": found})
    '5 users in 180 d, 3 of them active, 1 unknown; 2 more left the customer'
    """
    found = document.get("user_segments")
    if not found:
        return ""
    if found["why"] is not None:
        return f"Unknown: {found['why']}."
    unknown = f", {number(found['unknown'])} unknown" if found["unknown"] else ""
    left = f"; {number(found['left'])} more left the customer" if found["left"] else ""
    return (f"{plural(found['users'], 'user')} in {found['known_days']} d, {number(found['active'])} of them "
            f"active{unknown}{left}")
