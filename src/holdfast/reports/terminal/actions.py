"""The action list of the week, and how much there is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.actions.case_list import LANES
from holdfast.charts.number import number, percent
from holdfast.reports.account_side import SEVERITY, due_words
from holdfast.reports.words import clean, money, name_words, plural

from .pieces import add, band, heading, table, text

MOST = 12
"""Rules and overlaps printed; --json has all."""
LOAD = {"with_clock": "Clock", "new_7d": "New 7 d", "week": "Week", "small": "Small", "later": "Later",
        "watch": "Watch", "good": "Good", "capacity": "Can take", "over": "Over"}


def actions_table(rows: Sequence[Mapping[str, Any]], currency: str | None = None) -> list[Table | Text]:
    """One line a case under the head of its lane: account, finding, what to do, who, by when, and why here."""
    if not rows:
        return [text("Nothing is open. Next: holdfast signals says what was looked for.")]
    found: list[Table | Text] = []
    for lane, group in groupby(clean(list(rows)), key=lambda row: row.get("lane")):
        listed = list(group)
        found.append(heading(f"{name_words(lane)}, {plural(len(listed), 'case')}", LANES.get(str(lane), "")))
        found.append(_lane(listed, currency))
    return found


def steps_table(row: Mapping[str, Any]) -> Table:
    """Every step of one account: finding, what to do, who, by when."""
    made = table(("", ""), ("Finding", "fold"), ("Do", "fold"), ("Who, by", "fold"))
    for step in clean(list(row["findings"])):
        finding = step.get("evidence") or step.get("label") or ""
        add(made, [_sign(step), finding, step.get("action") or "", _who(step, row)])
    return made


def volume_tables(document: Mapping[str, Any], *, rules: bool = True) -> list[Table | Text]:
    """Cases against capacity by owner; with ``rules`` also findings by rule, and rules that say the same."""
    load = table(("Owner", "name"), *((head, "right") for head in LOAD.values()))
    for row in clean(list(document["load"])):
        add(load, [row["owner"] or "No owner", *(number(row[key]) for key in LOAD)])
    found: list[Table | Text] = [heading("Cases against capacity", "a week"), load]
    if rules:
        found += _rules(document)
    return found


def _lane(rows: Sequence[Mapping[str, Any]], currency: str | None) -> Table:
    heads = ("Account", "Finding", "Do", "Who, by", "Why here")
    made = table(("", "right"), *((head, "fold") for head in heads))
    for row in rows:
        arr = "price unknown" if row.get("arr") is None else f"{money(row['arr'], currency)} a year"
        finding = _sign(row).append(f" {row.get('evidence') or row.get('label') or ''}")
        account = f"{row.get('name') or row['account_id']}, {arr}"
        do, why = row.get("action") or "", row.get("why") or ""
        add(made, [number(row["rank"]), account, finding, do, _who(row, row), why])
    return made


def _rules(document: Mapping[str, Any]) -> list[Table | Text]:
    rules = table(("Rule", "wide"), ("Accounts", "right"), ("New in 7 d", "right"), ("Alone", "right"))
    for rule in clean(list(document["rules"]))[:MOST]:
        add(rules, [rule["label"], *(number(rule[k]) for k in ("accounts", "new_7d", "alone"))])
    more = len(document["rules"]) - MOST
    found: list[Table | Text] = [
        heading("Findings by rule", f"{plural(more, 'more rule')} with --json" if more > 0 else ""), rules]
    if document["overlap"]:
        heads = ("Accounts", "Of those with either")
        pairs = table(("Rules that mostly hold together", "fold"), *((head, "right") for head in heads))
        for pair in document["overlap"][:MOST]:
            add(pairs, [" and ".join(pair["signals"]), number(pair["accounts"]), percent(pair["share"])])
        found += [text(""), pairs]
    return found


def _sign(row: Mapping[str, Any]) -> Text:
    severity = str(row.get("severity") or "medium")
    return band(SEVERITY.get(severity, "neutral"), word=False).append(f" {name_words(severity)}")


def _who(step: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    who = step.get("owner_name") or step.get("owner") or name_words(step.get("owner_role"))
    return f"{who}, {due_words(step, row)}"
