"""One account as the portfolio counts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

BANDS = ("thriving", "healthy", "neutral", "at_risk", "critical", "not_enough_data")
WITHHELD = "not_enough_data"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """``arr`` counts in sums; it is 0 where ``arr_known`` is false, and that is said beside the sum."""

    account_id: str
    band: str
    score: float | None
    color: str
    arr: Decimal
    arr_known: bool
    renews_on: date | None
    counted: bool
    source: Mapping[str, Any]


def money(value: object) -> Decimal | None:
    """An amount as an exact decimal; None where it is not known.

    >>> money(412600.1), money(None)
    (Decimal('412600.1'), None)
    """
    if value is None:
        return None
    amount = Decimal(str(value))
    return amount if amount.is_finite() else None


def day(value: object) -> date | None:
    """A date from an ISO text or a date."""
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def rows_of(accounts: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Account rows in order of their id. An account with a ``not_scored`` reason is outside the totals."""
    read = []
    for account in accounts:
        arr = money(account.get("arr"))
        band = account.get("band") or WITHHELD
        read.append(
            Row(
                account_id=str(account["account_id"]),
                band=band if band in BANDS else WITHHELD,
                score=account.get("score"),
                color=account.get("color") or "none",
                arr=ZERO if arr is None else arr,
                arr_known=arr is not None,
                renews_on=day(account.get("renews_on")),
                counted=not account.get("not_scored"),
                source=account,
            )
        )
    return sorted(read, key=lambda row: row.account_id)


def as_number(amount: Decimal) -> float | int:
    """A sum for a JSON document: whole where it is whole.

    >>> as_number(Decimal("10.00")), as_number(Decimal("10.25"))
    (10, 10.25)
    """
    return int(amount) if amount == amount.to_integral_value() else float(amount)
