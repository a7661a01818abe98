"""Which triggers hold for which account on which day: one query for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.datatypes as dt

from holdfast.definitions.trigger import Trigger
from holdfast.lake.translate import to_ibis

SCORE_COLUMNS: Mapping[str, str] = {"score": "float64", "band": "string", "coverage": "float64"}
"""Columns of the dial health that a trigger may name besides metrics and the account frame."""


def fired(
    frame: ibis.Table, wide: ibis.Table, triggers: Sequence[Trigger], scores: ibis.Table | None = None
) -> ibis.Table:
    """(account_id, as_of, trigger, severity) of every trigger that holds for a scored account.

    ``wide`` holds the metrics, ``scores`` the columns score, band and coverage of the dial health. A name
    that none of them has is unknown: a condition that rests on it does not hold.
    """
    t = _joined(frame.filter(frame.scored), wide, scores)
    columns: dict[str, ibis.Value] = {name: t[name] for name in t.columns}
    usable = [one for one in triggers if one.when.names & columns.keys()]
    if not usable:
        return t.filter(False).select("account_id", "as_of", trigger=ibis.null("string"),
                                      severity=ibis.null("string"))
    for name in sorted(set().union(*(one.when.names for one in usable)) - columns.keys()):
        columns[name] = ibis.null(dt.dtype(SCORE_COLUMNS.get(name, "float64")))
    marks = {one.trigger: _holds(one, columns) for one in usable}
    wide_marks = t.select("account_id", "as_of", **marks)
    long = wide_marks.pivot_longer(list(marks), names_to="trigger", values_to="holds")
    long = long.filter(long.holds)
    severity = ibis.cases(*((long.trigger == one.trigger, one.severity) for one in usable),
                          else_=ibis.null("string"))
    return long.select("account_id", "as_of", "trigger", severity=severity)


def _holds(trigger: Trigger, columns: Mapping[str, ibis.Value]) -> ibis.BooleanValue:
    return to_ibis(trigger.when, columns).fill_null(False)


def _joined(frame: ibis.Table, wide: ibis.Table, scores: ibis.Table | None) -> ibis.Table:
    t = frame
    parts = [wide.drop(*[c for c in wide.columns if c in frame.columns and c not in ("account_id", "as_of")])]
    if scores is not None:
        parts.append(scores.select("account_id", "as_of", *SCORE_COLUMNS))
    for n, part in enumerate(parts):
        side = part.rename(**{f"account_{n}_": "account_id", f"day_{n}_": "as_of"})
        t = t.left_join(side, [t.account_id == side[f"account_{n}_"], t.as_of == side[f"day_{n}_"]])
        t = t.drop(f"account_{n}_", f"day_{n}_")
    return t
