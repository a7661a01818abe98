"""Tiers, patterns, value against health, load and movement in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.charts.number import number
from holdfast.reports.words import clean, day_full, money_headline, name_words

from .pieces import add, heading, table, text


def segments_tables(document: Mapping[str, Any]) -> list[Table | Text]:
    """One table each; what is unknown stands in a row of its own, so that every table sums to all accounts."""
    document = clean(dict(document))
    currency = document["currency"]
    tiers = table(("Tier", ""), ("Customers", "right"), ("ARR", "right"), ("Health", "right"), ("An owner", "right"),
                  ("Overdue", "right"), ("Service", "fold"))
    for row in document["tiers"]:
        health = "–" if row["health"] is None else number(row["health"])
        service = row["service"]["model"] if row["service"] else "neither tier score nor revenue is known"
        revenue = money_headline(row["arr"], currency)
        most = row["service"]["accounts_per_csm"] if row["service"] else None
        each = "–" if row["per_owner"] is None else number(row["per_owner"])
        per = each if most is None else f"{each} of {number(most)}"
        add(tiers, [row["label"], row["accounts"], revenue, health, per, row["overdue"], service])
    patterns, behaviours, stages = (
        _counted(document[key], title, currency)
        for key, title in (("patterns", "Usage pattern"), ("behaviours", "Behaviour"), ("lifecycle", "Stage")))
    users = table(("Users", ""), ("Number", "right"), ("Share", "right"))
    for row in document["users"] or ():
        share = "–" if row["share"] is None else f"{row['share']:.0%}"
        add(users, [row["label"], number(row["users"]), share])
    cells = table(("Value", ""), ("Health", ""), ("Customers", "right"), ("ARR", "right"), ("Strategy", "fold"))
    for row in document["matrix"]:
        add(cells, [name_words(row["value"]), name_words(row["health"]), row["accounts"],
                    money_headline(row["arr"], currency), row["strategy"]])
    load = table(("Owner", "name"), ("Customers", "right"), ("Load", "right"), ("", ""))
    for row in document["load"]:
        add(load, [row["owner"] or "no owner", row["accounts"], f"{row['load']:.0%}", "over" if row["over"] else ""])
    shown: list[Table | Text] = [tiers, heading("Usage patterns"), patterns,
             heading("Behaviour"), behaviours, heading("Lifecycle"), stages, *_users(users),
             heading("Value against health"), cells,
             heading("Load", "share of a person that the tiers of the accounts take"), load]
    if document["movement"] is not None:
        moved = table(("Value tier", ""), ("Customers", "right"), ("ARR change", "right"))
        for row in document["movement"]:
            add(moved, [name_words(row["kind"]), row["accounts"], money_headline(row["arr_change"], currency)])
        shown += [heading("Movement", f"since {day_full(document['movement_since'])}"), moved]
    shown += _moves(document, currency)
    risky = sum(row["at_risk_since"] is not None for row in document["accounts"])
    ready = len(document["upgrade_candidates"])
    shown += [text(f"Cannot be told: {row['kind']} {row['label']}; {row['why']}.", "dim")
              for row in document["not_computable"]]
    return [*shown, text(f"Near a threshold: {len(document['near'])}. Ready for an upgrade: {ready}. "
                         f"At risk and not restored: {risky}.")]


def _counted(rows: Sequence[Mapping[str, Any]], title: str, currency: str) -> Table:
    made = table((title, ""), ("Customers", "right"), ("ARR", "right"))
    for row in rows:
        add(made, [row["label"], row["accounts"], money_headline(row["arr"], currency)])
    return made


def _moves(document: Mapping[str, Any], currency: str) -> list[Table | Text]:
    moves = table(("Account", "name"), ("Move", ""), ("Trigger", "fold"), ("Do", "fold"))
    for row in document["migrations"]:
        move = f"{name_words(row['from'])} to {name_words(row['to'])}" if row["from"] and row["to"] else row["trigger"]
        add(moves, [row["name"], move, row["when"], f"{row['action']}, {row['how']}"])
    cells = table(("From", ""), ("To", ""), ("Customers", "right"), ("ARR", "right"), ("Strategy", "fold"))
    for row in document["matrix_movement"] or ():
        add(cells, [name_words(row["from"]), name_words(row["to"]), row["accounts"],
                    money_headline(row["arr"], currency), row["strategy"]])
    parts: list[Table | Text] = []
    for title, made in (("Moves that ask for something", moves), ("Moves between value and health", cells)):
        if made.row_count:
            parts += [heading(title), made]
    return parts


def _users(made: Table) -> list[Table | Text]:
    if not made.row_count:
        return [heading("Users"), text("Unknown: no stored event names a user.")]
    return [heading("Users", "share of the active; of all users for those who are not"), made]
