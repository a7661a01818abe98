"""Money in the reporting currency: the latest exchange rate on or before the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import ibis
import ibis.expr.datatypes as dt

if TYPE_CHECKING:
    from holdfast.lake import Snapshot

Clock = Literal["known", "believed"]
MONEY = dt.Decimal(18, 6)


def rates(snapshot: Snapshot, days: ibis.Table, currency: str, clock: Clock) -> ibis.Table:
    """One row per as-of day and foreign currency: (as_of, rate_currency, rate) into ``currency``."""
    rows = snapshot.as_of("exchange_rate", days, clock)
    rows = rows.filter(rows.base.upper() == currency.upper(), rows.rate > 0)
    return rows.group_by("as_of", rate_currency=rows.currency.upper()).agg(rate=rows.rate.argmax(rows.date))


def in_reporting(
    rows: ibis.Table, rate_rows: ibis.Table, currency: str, amounts: dict[str, str]
) -> ibis.Table:
    """Add money columns in the reporting currency: ``amounts`` maps a new column to the stored one.

    A row without a currency is in the reporting currency. A currency without a rate gives null, never zero.
    Each amount is rounded to six digits, so that sums do not depend on the order of rows.
    """
    reporting = currency.upper()
    own = rows.currency.isnull() | (rows.currency.upper() == reporting)
    rows = rows.mutate(rate_currency_=ibis.ifelse(own, ibis.literal(reporting), rows.currency.upper()))
    names = rows.columns
    joined = rows.left_join(
        rate_rows.rename(rate_as_of_="as_of", rate_currency_found_="rate_currency", rate_="rate"),
        [("as_of", "rate_as_of_"), ("rate_currency_", "rate_currency_found_")],
    )
    rate = ibis.ifelse(joined.rate_currency_ == reporting, ibis.literal(1.0), joined.rate_)
    added = {new: (joined[old].cast("float64") * rate).round(6).cast(MONEY) for new, old in amounts.items()}
    return joined.mutate(**added).select(*[n for n in names if n != "rate_currency_"], *added)
