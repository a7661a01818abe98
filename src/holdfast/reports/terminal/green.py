"""Green accounts that may not be safe, and one account's checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from holdfast.reports.green_checks import SIGNS, head_line, said_once, since_words
from holdfast.reports.words import clean, money, plural

from .pieces import add, band, heading, table, text


def green_table(document: Mapping[str, Any]) -> list[Table | Text]:
    """One block an account, most at stake first; below, how each check came out and what cannot be told here."""
    document = clean(dict(document))
    shown: list[Table | Text] = []
    if not document["accounts"]:
        shown.append(text(f"No check fails for any of {plural(document['green'], 'green account')}."))
    for row in document["accounts"]:
        shown += _account(row, document)
    made = table(("Check", ""), ("Fail", "right"), ("Unknown", "right"), ("Pass", "right"), ("", "fold"))
    for check in document["checks"]:
        add(made, [check["label"], check["fail"], check["unknown"], check["pass"], check["asks"]])
    if made.row_count:
        shown += [heading("How the checks came out", "over the accounts looked at"), made]
    return [*shown, *(text(line) for line in said_once(document["never_recorded"]))]


def _account(row: Mapping[str, Any], document: Mapping[str, Any]) -> list[Table | Text]:
    stake = "value unknown" if row["arr"] is None else f"{money(round(row['arr']), document['currency'])} a year"
    head = heading(row["name"], f"{row['account_id']} · {stake} · {row['owner_name'] or row['owner'] or 'no owner'}")
    return [head, text(head_line(row)), checks_table(row["checks"], document["as_of"], passed=False)]


def checks_table(checks: Sequence[Mapping[str, Any]], as_of: str, *, passed: bool = True) -> Table:
    """The checks of an account: failures first, then the unknown, then those that pass."""
    made = table(("", ""), ("Check", ""), ("Evidence", "fold"), ("Failing since", ""))
    for check in sorted(checks, key=lambda c: list(SIGNS).index(c["state"])):
        if passed or check["state"] != "pass":
            glyph, word = SIGNS[check["state"]]
            sign = band(glyph, word=False).append(f" {word}", style="default")
            add(made, [sign, check["label"], check["evidence"], since_words(check, as_of)])
    return made
