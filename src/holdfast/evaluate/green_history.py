"""Green checks over the whole stored history. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine
from holdfast.scoring.colors import color
from holdfast.signals.green_codes import NOT_ASKED, green_codes, names_read
from holdfast.signals.green_history import stretches
from holdfast.signals.values import values

from .signal_history import Period, accounts

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
        found = [_coded(p, names) for p in periods]
        codes = engine.cache(ibis.union(*found) if len(found) > 1 else found[0])
        shades = [green_days(p.scores, p.definitions) for p in periods]
        green = engine.cache(ibis.union(*shades) if len(shades) > 1 else shades[0])
        rows = engine.cache(stretches(engine, codes, green, names, days))
    whole = engine.cache(rows)
    engine.release(rows)
    return whole


def _coded(period: Period, names: Sequence[str]) -> ir.Table:
    checks = period.definitions.green_checks
    table = values(period.frame, period.metrics, period.scores, names_read(checks.values()))
    found = green_codes(table, checks)
    absent = {n: ibis.literal(NOT_ASKED).cast("int16") for n in names if n not in checks}
    return found.mutate(**absent).select("account_id", "as_of", *names)


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
