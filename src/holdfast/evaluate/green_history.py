"""Green checks over the whole stored history. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine
from holdfast.scoring.colors import color
from holdfast.signals.green_codes import NOT_ASKED
from holdfast.signals.green_history import stretches
from holdfast.signals.values import days_back

from .conditions import CHECK, Period, conditions, narrow_scores, union
from .signal_history import accounts

HEALTH = "health"
GREEN = "green"


def green_history(engine: Engine, periods: Sequence[Period], days: Sequence[date]) -> ir.Table | None:
    """Stretches of each check over ``days``, each day judged by the checks in force on it.

    None where no check is defined on any day. A check that is not defined on a day is not asked on it.
    """
    names = sorted({name for p in periods for name in p.definitions.green_checks})
    if not names:
        return None
    with engine.narrowed("account_id", accounts(periods)):
        back, scores = days_back(engine, days), narrow_scores(periods)
        codes = engine.cache(union([_coded(p, conditions(p, scores, back), names) for p in periods]))
        green = engine.cache(union([green_days(p.scores, p.definitions) for p in periods]))
        rows = engine.cache(stretches(engine, codes, green, names, days))
    whole = engine.cache(rows)
    engine.release(rows)
    return whole


def _coded(period: Period, told: ir.Table, names: Sequence[str]) -> ir.Table:
    not_asked = ibis.literal(NOT_ASKED).cast("int16")
    checks = period.definitions.green_checks
    return told.select("account_id", "as_of", **{n: told[f"{CHECK}{n}"] if n in checks else not_asked for n in names})


def green_days(scores: ir.Table, definitions: Definitions) -> ir.Table:
    """(account_id, as_of) of the days on which an account was green, by the colours of the scorecard that applied."""
    health = scores.filter(scores.dial == HEALTH)
    shades = [
        (health.scorecard == card.scorecard) & health.band.isin(bands)
        for card in definitions.scorecards.values() if card.dial == HEALTH
        if (bands := [b for b in card.bands if color(card, b) == GREEN])
    ]
    chosen = health.filter(ibis.or_(*shades)) if shades else health.filter(False)
    return chosen.select("account_id", "as_of")
