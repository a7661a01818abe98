"""Scores: every account, day and dial, with coverage, bounds, band, contributions, points and adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from . import outputs
from .choose import by_dial, chosen
from .inputs import KEYS, inputs
from .limits import apply_limits, with_since
from .measure import measure
from .reference import NONE, References, assumed
from .weigh import TOLERANCE, column, counted, weigh

if TYPE_CHECKING:
    from holdfast.metrics.table import MetricTable

NOT_ENOUGH = "not_enough_data"


@dataclass(frozen=True)
class Scored:
    """Five tables, each one query, all keyed by account_id, as_of, dial and scorecard.

    ``scores`` has a row for every row of the frame and every dial; the others only where a scorecard was
    used. Where the score is withheld, contributions and points are null too: no number stands in for it.
    ``sums`` holds what each component comes to by itself (see ``weigh.sums``): from it the score under
    another scorecard is found without its metrics, as far as its components are the same.
    """

    scores: ir.Table
    components: ir.Table
    points: ir.Table
    adjustments: ir.Table
    sums: ir.Table


def score(
    frame: ir.Table,
    metrics: MetricTable,
    scorecards: Iterable[Scorecard],
    references: References = NONE,
    limit_days: ir.Table | None = None,
    metric_definitions: Mapping[str, Metric] | None = None,
    keep: Callable[[ir.Table], ir.Table] | None = None,
) -> Scored:
    """Score every row of ``frame`` with the scorecard of each dial that applies to it.

    ``frame`` has account_id, as_of, scored, not_scored and the columns that conditions name; ``metrics`` is
    joined by account and day. ``limit_days`` (account_id, as_of, scorecard, limit, held_since) says since
    when a limit's condition has held without a break; without it a limit does not expire. Nothing is
    computed until a table is fetched, unless ``keep`` (such as an engine's ``cache``) is given: then what
    each scorecard comes to is computed once and all tables but the points are read from it.
    """
    definitions = metric_definitions or {}
    dials = by_dial(scorecards)
    every = [card for cards in dials.values() for card in cards]
    most = max((len(card.components) for card in every), default=0)
    table = inputs(frame, metrics, every, definitions)
    table = keep(table) if keep is not None and len(every) > 1 else table
    found: dict[str, list[ir.Table]] = {part.name: [] for part in fields(Scored)}
    for dial, cards in dials.items():
        picked = table.mutate(scorecard__=chosen(table, cards))
        found["scores"].append(_unscored(picked, dial))
        for card in cards:
            rows = picked.filter(picked.scored.fill_null(True) & (picked.scorecard__ == card.scorecard))
            rows = with_since(rows, card, limit_days)
            done = _done(measure(rows, card, references, definitions), card)
            done = keep(done) if keep is not None else done
            detailed = weigh(measure(rows, card, references, definitions, details=True), card)
            found["scores"].append(outputs.scores(done, card))
            found["components"].append(outputs.components(done, card))
            found["points"].append(outputs.points(detailed.mutate(withheld=_withheld(detailed, card)), card))
            found["adjustments"].append(outputs.adjustments(done, card))
            found["sums"].append(outputs.sums(done, card, most))
    return Scored(**{name: _together(tables) for name, tables in found.items()})


def _done(measured: ir.Table, card: Scorecard) -> ir.Table:
    """What all tables but the points are read from, and no more: it may be kept for a million accounts."""
    done = finished(weigh(counted(measured, card), card), card)
    parts = [column(letter, n) for letter in "fkhig" for n in range(len(card.components))]
    taken = [f"a{n}" for n in range(len(card.limits))]
    facts = ("score", "band", "coverage", "low", "high", "withheld", "assumed", "imputed", "live", "absent", "gaps")
    return done.select(*KEYS, *facts, *taken, *parts)


def finished(weighed: ir.Table, card: Scorecard) -> ir.Table:
    """Apply the limits, withhold where too little is known, and name the band."""
    table = apply_limits(weighed, card)
    shown = table.mutate(withheld=_withheld(table, card), assumed=assumed(card, table.as_of))
    final = ibis.cases((shown.withheld, ibis.null("float64")), else_=shown.limited)
    return shown.mutate(score=final, band=band(final, card.bands))


def _withheld(table: ir.Table, card: Scorecard) -> ir.BooleanValue:
    return (table.coverage < card.withhold_below_coverage - TOLERANCE) | (table.live <= 0.0)


def band(value: ir.FloatingValue, bands: Mapping[str, float]) -> ir.StringValue:
    """Name of the band with the greatest lower edge not above the value; no score, not enough data.

    >>> band(ibis.literal(70.0), {"healthy": 70, "neutral": 50, "critical": 0}).execute()
    'healthy'
    """
    ordered = sorted(bands.items(), key=lambda pair: -pair[1])
    branches = [(value >= float(edge) - TOLERANCE, name) for name, edge in ordered[:-1]]
    last = ordered[-1][0] if ordered else NOT_ENOUGH
    return ibis.cases((value.isnull(), NOT_ENOUGH), *branches, else_=last)


def _unscored(table: ir.Table, dial: str) -> ir.Table:
    """Rows without a score: the account is not scored, or no scorecard is for it."""
    scored = table.scored.fill_null(True)
    rows = table.filter(~scored | table.scorecard__.isnull())
    nothing = ibis.null("float64")
    reason = ibis.cases((~rows.scored.fill_null(True), rows.not_scored.cast("string")), else_="no scorecard applies")
    return rows.select(
        *KEYS,
        dial=ibis.literal(dial),
        scorecard=rows.scorecard__,
        version=ibis.null("int64"),
        score=nothing,
        band=ibis.literal(NOT_ENOUGH),
        coverage=nothing,
        low=nothing,
        high=nothing,
        withheld=ibis.literal(False),
        reason=reason,
        assumed=ibis.literal(False),
    )


def _together(tables: list[ir.Table]) -> ir.Table:
    return ibis.union(*tables) if len(tables) > 1 else tables[0]
