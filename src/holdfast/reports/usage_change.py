"""The causes of a change of use in words, shared by page, terminal and the evidence of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.charts.number import number, signed

from .words import day_short, name_words, plural

MOST = 6
"""Lines of each list; the rest stand in one line together."""
Lines = list[tuple[str, str, str, str]]


def head_line(document: Mapping[str, Any]) -> str:
    """Which days are compared, and by how much the use changed; empty where the document has no such part."""
    found = document.get("usage_change")
    if not found:
        return ""
    spans = f"{_days(found['before'], document)} against {_days(found['after'], document)}"
    if found["why"] is not None:
        return f"Unknown: {found['why']}."
    share = "" if found["change_share"] is None else f", {signed(100 * found['change_share'], 0)}%"
    return (f"{spans}: {number(found['before']['user_days'])} to {number(found['after']['user_days'])} "
            f"active user-days{share}")


def _days(span: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    return f"{day_short(span['from'], document.get('as_of'))} to {day_short(span['to'], document.get('as_of'))}"


def tables(document: Mapping[str, Any]) -> list[tuple[str, Lines]]:
    """By kind of user, by user, by feature, by source: what, before, after, change; each sums to the change."""
    found = document.get("usage_change") or {}
    if not found.get("kinds"):
        return []
    people = {one["person"]: one for one in (document.get("people") or {}).get("contacts") or []}
    kinds = [_line(f"{plural(r['users'], 'user')} {r['label']}", r) for r in found["kinds"]]
    labels = {row["kind"]: row["label"] for row in found["kinds"]}
    users = [_line(f"{user_words(r, people)}: {labels[r['kind']]}", r) for r in found["users"] if r["change"]]
    features = [_line(_feature(r["feature"]), r) for r in found["features"]]
    sources = [_line(name_words(r["source"]), r) for r in found["sources"]]
    made = [("What became of users", kinds), ("Users", _short(users, found["users"])),
            ("Features", _short(features, found["features"])), ("Sources", sources)]
    return [(title, lines) for title, lines in made if lines]


def _feature(name: str | None) -> str:
    return name_words(name) if name else "no feature recorded"


def user_words(row: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> str:
    """A user by the name of its contact where that may be seen, else by number.

    >>> user_words({"user": "u2", "person": None}, {}), user_words({"user": "u1", "person": "p3"}, {})
    ('User 2', 'Person 3')
    """
    name = (people.get(row["person"] or "") or {}).get("name")
    if name:
        return str(name)
    return f"Person {row['person'].removeprefix('p')}" if row["person"] else f"User {row['user'].removeprefix('u')}"


def _line(what: str, row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    whole = all(float(row[k]).is_integer() for k in ("before", "after"))
    decimals = 0 if whole else 1
    return what, number(row["before"], decimals), number(row["after"], decimals), signed(row["change"], decimals)


def _short(lines: Lines, rows: Sequence[Mapping[str, Any]]) -> Lines:
    """The first lines; what is left, with users whose days did not change, is one more."""
    moved = [row for row in rows if row["change"]] if rows and "user" in rows[0] else list(rows)
    rest = [*moved[MOST:], *(row for row in rows if row not in moved)]
    if not rest:
        return lines
    total = {k: sum(row[k] for row in rest) for k in ("before", "after", "change")}
    return [*lines[:MOST], _line(plural(len(rest), "other"), total)]


def notes(document: Mapping[str, Any]) -> list[str]:
    """How the parts are counted, and what stands beside them."""
    found = document.get("usage_change") or {}
    if not found.get("kinds"):
        return []
    lines = ["An active user-day is a day on which a user did anything; one with several features or sources counts "
             "for each in equal parts."]
    sides = {row["span"]: row for row in found["beside"]}
    then, now = (sides.get(span, {"without_user": 0, "machine_events": None}) for span in ("before", "after"))
    if then["without_user"] or now["without_user"]:
        lines.append(f"Events without a user, in no part: {number(then['without_user'])} before, "
                     f"{number(now['without_user'])} after.")
    if then["machine_events"] or now["machine_events"]:
        lines.append(f"Events of API and automation, in no part: {number(then['machine_events'] or 0)} before, "
                     f"{number(now['machine_events'] or 0)} after.")
    return lines


def causes(change: Mapping[str, Any]) -> str:
    """One sentence for the evidence of a decline: which users and which feature lost most; empty without a fall.

    >>> kinds = [{"kind": "quiet", "label": "gone quiet", "users": 2, "change": -9}]
    >>> causes({"change": -10, "kinds": kinds, "features": [{"feature": "search", "change": -6.5}]})
    'Of 10 active user-days fewer in four weeks, 9 are of 2 users gone quiet; most in Search (−6.5).'
    """
    fall = -(change.get("change") or 0)
    lost = sorted((row for row in change["kinds"] if row["change"] < 0), key=lambda r: (r["change"], r["kind"]))
    if fall <= 0 or not lost:
        return ""
    named = " and ".join(
        f"{number(-row['change'])} {'are of' if n == 0 else 'of'} {plural(row['users'], 'user')} "
        f"{_for(row)}" for n, row in enumerate(lost[:2]))
    where = next((row for row in change["features"] if row["change"] < 0 and row["feature"]), None)
    most = f"; most in {name_words(where['feature'])} ({signed(where['change'], 1)})" if where else ""
    return f"Of {number(fall)} active user-days fewer in four weeks, {named}{most}."


def _for(row: Mapping[str, Any]) -> str:
    one = row["users"] == 1
    singular = {"left": "who left the customer", "not_onboarded": "who never got going",
                "reduced": "who uses it less" if one else "who use it less"}
    return singular.get(row["kind"]) or str(row["label"])

