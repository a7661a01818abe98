"""The truth report: signals and the naive rules, both against what really happened."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from .measure import Account, Alert, accounts, false_alarms, recall, stories
from .naive import DROP, SETTINGS, SILENT, naive_alerts

Rows = Sequence[Mapping[str, Any]]


def truth_report(
    folder: Path, findings: Rows, grave: Collection[str], hides: Mapping[str, Collection[str]], use: Rows,
    scored: Mapping[str, Sequence[date]],
) -> dict[str, Any]:
    """The document. ``grave``: the severities that count as an alert; ``hides``: signal -> signals it stands for.

    ``findings`` are all findings of the signals of risk over the stored days, ``use`` the inputs of the naive
    rules by account and day, ``scored`` the weekly days on which an account was scored.
    """
    return report(truth_of(folder), findings, grave, hides, use, scored)


def truth_of(folder: Path) -> dict[str, Account]:
    """What really happened at the accounts of the demo company in ``folder``, by id."""
    return accounts(json.loads((folder / "truth" / "truth.json").read_text(encoding="utf-8")))


def report(
    known: Mapping[str, Account], findings: Rows, grave: Collection[str], hides: Mapping[str, Collection[str]],
    use: Rows, scored: Mapping[str, Sequence[date]],
) -> dict[str, Any]:
    """The same from ``known`` accounts, which may come from several companies: ids must differ."""
    since = min((day for days in scored.values() for day in days), default=date.max)
    ours = _judged(known, alerts(findings, grave, hides), scored, since)
    naive = _judged(known, naive_alerts(use), scored, since)
    return {
        "accounts": len(known),
        "from": since.isoformat(),
        "signals": ours,
        "naive": {"rule": _rule(DROP, SILENT), **naive},
        "naive_at_equal_recall": _equal(known, use, scored, since, ours["recall"]),
    }


def alerts(findings: Rows, grave: Collection[str], hides: Mapping[str, Collection[str]]) -> list[Alert]:
    """The day on which each finding was first grave; one that another open finding stands for is not listed."""
    by_account: dict[str, list[Mapping[str, Any]]] = {}
    for row in findings:
        by_account.setdefault(row["account_id"], []).append(row)
    found = []
    for account, rows in by_account.items():
        for row in rows:
            day = _graved(row, grave)
            if day is not None and not any(_open(r, day) for r in rows if row["signal"] in hides.get(r["signal"], ())):
                found.append(Alert(account, row["signal"], day))
    return sorted(found, key=lambda a: (a.account_id, a.day, a.name))


def _graved(row: Mapping[str, Any], grave: Collection[str]) -> date | None:
    if row["opened_severity"] in grave:
        first: date = row["opened_on"]
        return first
    worsened: date | None = row["worsened_on"]
    return worsened if row["worst_severity"] in grave else None


def _open(row: Mapping[str, Any], day: date) -> bool:
    return bool(row["opened_on"] <= day and (row["cleared_on"] is None or day < row["cleared_on"]))


def _judged(
    known: Mapping[str, Account], found: Sequence[Alert], scored: Mapping[str, Sequence[date]], since: date
) -> dict[str, Any]:
    rows = stories(known, found, since)
    return {"recall": recall(rows), "stories": rows, "false_alarms": false_alarms(known, found, scored)}


def _rule(drop: float, silent: int) -> str:
    return f"use {drop:.0%} month over month, or no login for {silent} days"


def _equal(
    known: Mapping[str, Account], use: Rows, scored: Mapping[str, Sequence[date]], since: date, wanted: float | None
) -> dict[str, Any] | None:
    """The naive rules at the setting with the fewest false alarms that finds at least as much; None if none does."""
    best: dict[str, Any] | None = None
    for drop, silent in SETTINGS if wanted is not None else ():
        judged = _judged(known, naive_alerts(use, drop, silent), scored, since)
        enough = judged["recall"] is not None and wanted is not None and judged["recall"] >= wanted
        fewer = best is None or judged["false_alarms"]["alarms"] < best["false_alarms"]["alarms"]
        if enough and fewer:
            best = {"rule": _rule(drop, silent), **judged}
    return best
