"""Invented documents in the shape that the pages and the terminal show."""

from __future__ import annotations

from .accounts import (
    account,
    capped,
    held,
    long_name,
    negative,
    no_history,
    not_scored,
    sparse,
    withheld,
)
from .attack import HOSTILE, poisoned
from .flat import flat
from .portfolio import empty_portfolio, portfolio, rows
from .quality import quality

ACCOUNTS = {
    "normal": account,
    "withheld": withheld,
    "held": held,
    "capped": capped,
    "long_name": long_name,
    "negative": negative,
    "no_history": no_history,
    "sparse": sparse,
    "not_scored": not_scored,
    "hostile": lambda: poisoned(account()),
}

__all__ = [
    "ACCOUNTS", "HOSTILE", "account", "capped", "empty_portfolio", "flat", "poisoned", "portfolio", "quality", "rows",
    "withheld",
]
