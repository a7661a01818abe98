"""Where an account stands in words, shared by page and terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.number import number

UNKNOWN = "unknown"
_ROWS = (("behaviour", "Behaviour", "focus"), ("pattern", "Usage pattern", "action"), ("stage", "Stage", ""),
         ("tier", "Tier", "model"))


def rows(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What, its label, and what follows from it; late touches last.

    >>> late = [{"touch": "review", "days": 200, "allowed": 183}]
    >>> rows({"placement": {"overdue": late}})[-1]
    ('Late', 'review', '200 d ago, 183 d promised')
    """
    found = document.get("placement")
    if not found:
        return []
    made = []
    for key, title, note in _ROWS:
        one = found.get(key) or {}
        made.append((title, one.get("label") or UNKNOWN, str(one.get(note) or "")))
    late = [("Late", one["touch"], f"{number(one['days'])} d ago, {number(one['allowed'])} d promised")
            for one in found["overdue"]]
    return [*made, *late]
