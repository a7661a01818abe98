"""Surveys with the days since they were asked."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation
from holdfast.segments.days import days_between

COLUMNS = {"asked_days_ago": "Days from the day of asking to the as-of day"}


@derivation("asked_days")
def asked_days(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add ``asked_days_ago``: an answer needs time, so that a fresh survey is not yet silence."""
    return rows.mutate(asked_days_ago=days_between(context.snapshot.local_day(rows.asked_at), rows.as_of))
