"""The rows of all published accounts, held once for everybody who reads them in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .accounts import accounts
from .published import Published

Row = Mapping[str, Any]


def account_book(published: Published) -> Sequence[Row]:
    """Rows as ``accounts --json`` has them, lowest score first. Nobody changes them."""
    return published.kept("account book", lambda: accounts(published, None, None, None, "known"))
