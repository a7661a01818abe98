"""The panel "does green mean safe?": words for checks, shared by page and terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .words import day_full, day_short, plural

SIGNS: Mapping[str, tuple[str, str]] = {
    "fail": ("critical", "Fail"), "unknown": ("not_enough_data", "Unknown"), "pass": ("healthy", "Pass"),
}
"""State -> the band whose sign it carries, and its word; in the order in which they are shown."""


def since_words(check: Mapping[str, Any], as_of: str | None) -> str:
    """Since when a check fails; a dash where it does not.

    >>> since_words({"state": "fail", "since": "2026-01-12", "green_then": True}, "2026-03-17")
    '12 Jan, while green'
    """
    if check["state"] != "fail" or not check.get("since"):
        return "–"
    return day_short(check["since"], as_of) + (", while green" if check.get("green_then") else "")


def head_line(row: Mapping[str, Any]) -> str:
    """How many checks fail and how many are unknown.

    >>> head_line({"failed": 3, "unknown": 1, "passed": 2})
    '3 of 6 checks fail, 1 is unknown.'
    """
    count = row["failed"] + row["unknown"] + row["passed"]
    fail = f"{row['failed']} of {plural(count, 'check')} {'fails' if row['failed'] == 1 else 'fail'}"
    return f"{fail}, {row['unknown']} {'is' if row['unknown'] == 1 else 'are'} unknown."


def said_once(never_recorded: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line for each record that nobody has recorded, with the checks that need it."""
    by_record: dict[str, list[str]] = {}
    for row in never_recorded:
        by_record.setdefault(", ".join(row["missing"]).replace("_", " "), []).append(row["label"])
    return [f"No record of {missing}, so these checks are unknown for every account: {'; '.join(labels)}."
            for missing, labels in sorted(by_record.items())]


def last_green(document: Mapping[str, Any]) -> str:
    """Where the account is not green: its last green day, and what already failed on it; empty where it is green."""
    found = document.get("last_green")
    if document.get("color") == "green" or not isinstance(found, Mapping):
        return ""
    return (f"On {day_full(found['as_of'])}, its last green day, {found['failed']} of "
            f"{plural(found['failed'] + found['unknown'] + found['passed'], 'check')} already failed and "
            f"{found['unknown']} {'was' if found['unknown'] == 1 else 'were'} unknown.")


def counted(checks: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many checks fail, pass and are unknown."""
    return {name: sum(c["state"] == state for c in checks)
            for name, state in (("failed", "fail"), ("unknown", "unknown"), ("passed", "pass"))}
