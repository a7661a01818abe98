"""From the wide tables of one scorecard to what is handed out."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from holdfast.definitions.scorecard import Scorecard

from .inputs import KEYS
from .measure import items
from .weigh import SUMS, column, effective, effective_of, weight

ADJUSTMENT_WHY = {
    "neutral": "count as neutral",
    "zero": "count as zero",
    "worst": "count at their worst",
}
LETTERS = {"present": "f", "known": "k", "held": "h", "imputed": "i"}


def scores(done: ir.Table, card: Scorecard) -> ir.Table:
    """One row an account and day."""
    short = ibis.literal(f"under {card.withhold_below_coverage:.0%} of the weight has fresh data")
    empty = ibis.cases((done.absent == len(items(card)), "no input has data"), else_=short)
    return done.select(
        *KEYS,
        **_names(card),
        version=ibis.literal(card.version, type="int64"),
        score=done.score,
        band=done.band,
        coverage=done.coverage,
        low=done.low,
        high=done.high,
        withheld=done.withheld,
        reason=ibis.cases((done.withheld, empty), else_=ibis.null("string")),
        assumed=done.assumed,
    )


def components(done: ir.Table, card: Scorecard) -> ir.Table:
    """One row an account, day and component."""
    return _long(
        done,
        card,
        [
            {
                "component": ibis.literal(name),
                "weight": ibis.literal(weight(card, name)),
                "weight_effective": effective(done, card, n),
                "score": done[column("k", n)] * 100.0 / done[column("f", n)].nullif(0.0),
                "contribution": _shown(done, done[column("g", n)] * done[column("k", n)]),
            }
            for n, name in sorted(enumerate(card.components), key=lambda pair: pair[1])
        ],
    )


def sum_name(name: str, number: int) -> str:
    """Name of a column of the table ``sums``, such as ``known_0``."""
    return f"{name}_{number}"


def sums(done: ir.Table, card: Scorecard, most: int) -> ir.Table:
    """What each component comes to by itself, for up to ``most`` components, and what came of it."""
    nothing = ibis.null("float64")
    return done.select(
        *KEYS,
        **_names(card),
        score=done.score,
        band=done.band,
        **{
            sum_name(name, n): done[column(LETTERS[name], n)].cast("float64") if n < len(card.components) else nothing
            for n in range(most)
            for name in SUMS
        },
    )


def points(detailed: ir.Table, card: Scorecard) -> ir.Table:
    """One row an account, day and metric, from a table that was measured with details."""
    return _long(
        detailed,
        card,
        [
            {
                "component": ibis.literal(i.component),
                "metric": ibis.literal(i.name),
                "value": detailed[i["v"]].cast("float64"),
                "score": detailed[i["s"]].cast("float64"),
                "weight": ibis.literal(i.weight),
                "weight_effective": effective_of(detailed, card, i),
                "points": _shown(detailed, (effective_of(detailed, card, i) * detailed[i["s"]] / 100.0).fill_null(0.0)),
                "missing": detailed[i["r"]].cast("string"),
                "measured_on": detailed[i["o"]].cast("date"),
            }
            for i in items(card)
        ],
    )


def adjustments(done: ir.Table, card: Scorecard) -> ir.Table:
    """The missing rule's points and each limit that moves the score; none of them where it is withheld."""
    rules = sorted({ADJUSTMENT_WHY[i.rule] for i in items(card) if i.rule != "redistribute"})
    rows: list[Mapping[str, ir.Value]] = [
        {
            "kind": ibis.literal("missing"),
            "amount": done.imputed.cast("float64"),
            "why": ibis.literal("inputs without data " + " or ".join(rules) + ": ") + done.gaps.cast("string"),
            "stays": done.gaps > 0,
        }
    ]
    for number, limit in enumerate(card.limits):
        kind = "cap" if limit.cap is not None else "floor"
        edge = limit.cap if limit.cap is not None else limit.floor
        rows.append(
            {
                "kind": ibis.literal(kind),
                "amount": done[f"a{number}"].cast("float64"),
                "why": ibis.literal(f"{kind} at {edge:g}: {limit.why}"),
                "stays": done[f"a{number}"] != 0.0,
            }
        )
    long = _long(done.filter(~done.withheld), card, rows)
    return long.filter(long.stays).drop("stays")


def _names(card: Scorecard) -> dict[str, ir.Value]:
    return {"dial": ibis.literal(card.dial), "scorecard": ibis.literal(card.scorecard)}


def _long(table: ir.Table, card: Scorecard, rows: list[Mapping[str, ir.Value]]) -> ir.Table:
    """One row for each mapping, from a single pass over the table."""
    packed = ibis.array([ibis.struct(dict(row)) for row in rows])
    spread = table.select(*KEYS, **_names(card), row=packed.unnest())
    return spread.select(*KEYS, "dial", "scorecard", **{name: spread.row[name] for name in rows[0]})


def _shown(table: ir.Table, value: ir.FloatingValue) -> ir.FloatingValue:
    return ibis.cases((table.withheld, ibis.null("float64")), else_=value)
