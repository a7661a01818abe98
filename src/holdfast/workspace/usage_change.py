"""Why one account uses the product less or more: active user-days of two spans by user, feature and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from holdfast.evaluate.steps import plain
from holdfast.metrics.rollup.masks import BITS
from holdfast.metrics.rollup.stored import rollup_name
from holdfast.metrics.rollup.use_parts import SPANS
from holdfast.metrics.rollup.user_use import FEATURES, Span, feature_words
from holdfast.pipeline.roll_up import mask_places
from holdfast.reports.usage_change import causes

from .account_use import Used, use_of
from .day_inputs import DayInputs
from .people import persons_of_users
from .published import Published
from .user_kinds import KINDS, activation, kind_of

Rows = list[dict[str, Any]]
DECLINES = ("usage_decline", "usage_slow_decline", "usage_stays_low", "low_use_and_more", "usage_silent")
"""Findings that set the earlier span: the four weeks before those in which the first of them was found."""


def usage_change(
    published: Published, inputs: DayInputs, people: Mapping[str, Rows | None], actions: Mapping[str, Rows]
) -> dict[str, dict[str, Any]]:
    """By account the last four weeks against the four before them, or those before an open decline was found.

    ``people`` and open steps (``actions``) by account. The parts by kind of user, by user, by feature and by source
    sum to the change each; ``why`` says why there are none.
    """
    spans = {account: _spans(actions[account], use_end(inputs, account)) for account in people}
    used = use_of(published, inputs, spans)
    zone = published.site.definitions.settings.time_zone
    places = mask_places(published.site.lake, rollup_name(inputs.definitions, zone)).get(FEATURES.of, [])
    return {
        account: _usage_change(
            inputs, found, _declines(actions[account]), spans[account], None if used is None else used[account], places)
        for account, found in people.items()
    }


def _spans(actions: Rows, end: date) -> tuple[Span, Span]:
    found = _declines(actions)
    after = Span.upto(end)
    opened = min(date.fromisoformat(found[0][0]), end) if found else end
    return Span.upto(Span.upto(opened).first - timedelta(days=1)), after


def _declines(actions: Rows) -> list[tuple[str, str]]:
    return sorted((row["opened_on"], row["signal"]) for row in actions
                  if row["signal"] in DECLINES and row.get("opened_on"))


def _usage_change(
    inputs: DayInputs, people: Rows | None, found: list[tuple[str, str]], asked: tuple[Span, Span],
    used: Used | None, places: list[str],
) -> dict[str, Any]:
    before, after = asked
    spans = {"before": _span(before), "after": _span(after)}
    head: dict[str, Any] = {
        "unit": "active user-days", "signal": found[0][1] if found else None,
        **spans, "change": None, "change_share": None,
    }
    why = _why_not(used, before)
    if why is not None:
        return {**head, "why": why, "kinds": [], "users": [], "features": [], "sources": [], "beside": []}
    assert used is not None
    users = _users(used["users"], people, before, after.last, inputs)
    totals = {span: sum(row[span] for row in users) for span in SPANS}
    for span in SPANS:
        spans[span] |= {"user_days": totals[span], "users": sum(row[span] > 0 for row in users)}
    change = totals["after"] - totals["before"]
    head |= {"change": change, "change_share": change / totals["before"] if totals["before"] else None}
    return {
        **head, "why": None, "kinds": _kinds(users), "users": users,
        "features": _features(used["features"], places), "sources": _sources(used["sources"]),
        "beside": [{"span": row["span"], "without_user": row["without_user"], "machine_events": row["machines"]}
                   for row in sorted(used["beside"], key=lambda r: SPANS.index(r["span"]))],
    }


def with_causes(actions: Rows, change: Mapping[str, Any]) -> Rows:
    """The steps with the largest causes behind the evidence of each open decline."""
    said = causes(change)
    return [
        {**row, "evidence": f"{row['evidence']} {said}"} if said and row["signal"] in DECLINES else row
        for row in actions
    ]


def use_end(inputs: DayInputs, account_id: str) -> date:
    """The last day that the events cover, so that days whose data have not come are not taken for silence."""
    rows = [row for row in inputs.of(account_id)["covered"].to_pylist() if row["record"] == "event"]
    own = [row["covered_to"] for row in rows if row["account_id"] is not None]
    known = [day for day in own or [row["covered_to"] for row in rows] if day is not None]
    return min(inputs.day, max(known, default=inputs.day))


def _why_not(used: Used | None, before: Span) -> str | None:
    if used is None:
        return "no use is recorded by day"
    first = min((row["first_on"] for row in used["users"]), default=None)
    if first is None:
        return "no event of this account names a user"
    if first > before.first:
        return f"use is recorded from {first.isoformat()}, after the earlier four weeks began"
    return None


def _span(span: Span) -> dict[str, Any]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat(), "user_days": None, "users": None}


def _users(rows: Rows, people: Rows | None, before: Span, end: date, inputs: DayInputs) -> Rows:
    """Users active in either span, the largest fall first; numbered, with the number of the person where known."""
    persons = persons_of_users(people or [])
    active = [row for row in rows if row["before"] or row["after"]]
    ordered = sorted(active, key=lambda r: (r["after"] - r["before"], r["user_key"]))
    found = []
    for number, row in enumerate(ordered, 1):
        person, present = persons.get(row["user_key"], (None, True))
        found.append({
            "user": f"u{number}", "person": person,
            "kind": kind_of(row, present, before.first, end, activation(inputs.definitions)),
            "before": row["before"], "after": row["after"], "change": row["after"] - row["before"],
            "first_on": plain(row["first_on"]), "last_on": plain(row["last_on"]),
        })
    return found


def _kinds(users: Rows) -> Rows:
    return [
        {"kind": kind, "label": label, "users": len(mine),
         **{k: sum(row[k] for row in mine) for k in (*SPANS, "change")}}
        for kind, label in KINDS.items() if (mine := [row for row in users if row["kind"] == kind])
    ]


def _features(rows: Rows, names: list[str]) -> Rows:
    """By feature: user-days with it (``user_days``), and its equal part of each user-day with several features."""
    words = feature_words(list(rows[0])) if rows else []
    parts: dict[str | None, dict[str, Fraction]] = defaultdict(lambda: dict.fromkeys(SPANS, Fraction()))
    whole: dict[str | None, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SPANS, 0))
    for row in rows:
        used: list[str | None] = [
            name for place, name in enumerate(names)
            if place // BITS < len(words) and row[words[place // BITS]] >> (place % BITS) & 1
        ]
        for name in used or [None]:
            parts[name][row["span"]] += Fraction(row["user_days"], len(used) or 1)
            whole[name][row["span"]] += row["user_days"]
    return _ordered("feature", parts, whole)


def _sources(rows: Rows) -> Rows:
    parts: dict[str | None, dict[str, Fraction]] = defaultdict(lambda: dict.fromkeys(SPANS, Fraction()))
    whole: dict[str | None, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SPANS, 0))
    for row in rows:
        parts[row["source"]][row["span"]] += Fraction(row["user_days"], row["of"])
        whole[row["source"]][row["span"]] += row["user_days"]
    return _ordered("source", parts, whole)


def _ordered(
    what: str, parts: Mapping[str | None, dict[str, Fraction]], whole: Mapping[str | None, dict[str, int]]
) -> Rows:
    exact = sorted(((found["after"] - found["before"], name or "", name) for name, found in parts.items()))
    return [
        {what: name, **{span: float(parts[name][span]) for span in SPANS}, "change": float(change),
         "user_days": whole[name]}
        for change, _, name in exact
    ]
