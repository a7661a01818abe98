"""From the wide table of one scorecard to long outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from holdfast.definitions.scorecard import Scorecard

from .weigh import items, weight

ADJUSTMENT_WHY = {
    "neutral": "count as neutral",
    "zero": "count as zero",
    "worst": "count at their worst",
}


@dataclass(frozen=True)
class Parts:
    """Components, points and adjustments of one scorecard."""

    components: ir.Table
    points: ir.Table
    adjustments: ir.Table


def scores(table: ir.Table, card: Scorecard) -> ir.Table:
    """One row an account and day."""
    listed = items(card)
    short = ibis.literal(f"under {card.withhold_below_coverage:.0%} of the weight has fresh data")
    count = sum((ibis.cases((table[i["s"]].isnull(), 1), else_=0) for i in listed), ibis.literal(0))
    empty = ibis.cases((count == len(listed), "no input has data"), else_=short)
    return table.select(
        "account_id",
        "as_of",
        dial=ibis.literal(card.dial),
        scorecard=ibis.literal(card.scorecard),
        version=ibis.literal(card.version, type="int64"),
        score=table.score,
        band=table.band,
        coverage=table.coverage,
        low=table.low,
        high=table.high,
        withheld=table.withheld,
        reason=ibis.cases((table.withheld, empty), else_=ibis.null("string")),
        assumed=table.assumed,
    )


def parts(table: ir.Table, card: Scorecard) -> Parts:
    """The three long tables."""
    return Parts(_components(table, card), _points(table, card), _adjustments(table, card))


def _long(table: ir.Table, card: Scorecard, rows: list[Mapping[str, ir.Value]]) -> ir.Table:
    """One row for each mapping, from a single pass over the table."""
    packed = ibis.array([ibis.struct(dict(row)) for row in rows])
    spread = table.select(
        "account_id",
        "as_of",
        dial=ibis.literal(card.dial),
        scorecard=ibis.literal(card.scorecard),
        row=packed.unnest(),
    )
    return spread.select("account_id", "as_of", "dial", "scorecard", **{name: spread.row[name] for name in rows[0]})


def _components(table: ir.Table, card: Scorecard) -> ir.Table:
    return _long(
        table,
        card,
        [
            {
                "component": ibis.literal(name),
                "weight": ibis.literal(weight(card, name)),
                "weight_effective": table[f"e_{n}"],
                "score": table[f"n_{n}"],
                "contribution": _shown(table, table[f"c_{n}"]),
            }
            for n, name in enumerate(card.components)
        ],
    )


def _points(table: ir.Table, card: Scorecard) -> ir.Table:
    return _long(
        table,
        card,
        [
            {
                "component": ibis.literal(i.component),
                "metric": ibis.literal(i.name),
                "value": table[i["v"]].cast("float64"),
                "score": table[i["s"]].cast("float64"),
                "weight": ibis.literal(float(i.scored.weight)),
                "weight_effective": table[i["e"]],
                "points": _shown(table, table[i["p"]]),
                "missing": table[i["r"]].cast("string"),
                "measured_on": table[i["o"]].cast("date"),
            }
            for i in items(card)
        ],
    )


def _adjustments(table: ir.Table, card: Scorecard) -> ir.Table:
    """The missing rule's points and each limit that moves the score; none of them where it is withheld."""
    rows: list[Mapping[str, ir.Value]] = []
    imputing = [i for i in items(card) if i.rule != "redistribute"]
    count = sum((ibis.cases((table[i["s"]].isnull(), 1), else_=0) for i in imputing), ibis.literal(0))
    rules = sorted({ADJUSTMENT_WHY[i.rule] for i in imputing})
    rows.append(
        {
            "kind": ibis.literal("missing"),
            "amount": table.imputed.cast("float64"),
            "why": ibis.literal("inputs without data ")
            + ibis.literal(" or ".join(rules) + ": ")
            + count.cast("string"),
            "stays": (count > 0),
        }
    )
    for number, limit in enumerate(card.limits):
        kind = "cap" if limit.cap is not None else "floor"
        edge = limit.cap if limit.cap is not None else limit.floor
        rows.append(
            {
                "kind": ibis.literal(kind),
                "amount": table[f"a{number}"].cast("float64"),
                "why": ibis.literal(f"{kind} at {edge:g}: {limit.why}"),
                "stays": table[f"a{number}"] != 0.0,
            }
        )
    long = _long(table.filter(~table.withheld), card, rows)
    return long.filter(long.stays).drop("stays")


def _shown(table: ir.Table, value: ir.FloatingValue) -> ir.FloatingValue:
    return ibis.cases((table.withheld, ibis.null("float64")), else_=value)
