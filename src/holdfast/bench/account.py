"""One account's year of daily history, read over a fresh connection."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from holdfast.workspace.published import Published

from .measured import Measurement, measure
from .population import METRICS, NEWEST
from .stored import stored_history

DAYS = 365


def one_account(folder: Path, accounts: int, times: int) -> list[Measurement]:
    """All metrics of one account on every day of a year, among so many accounts."""
    days = [NEWEST - timedelta(days=n) for n in reversed(range(DAYS))]
    published = Published(stored_history(folder / "daily", accounts, days))
    account = f"{accounts // 2:032x}"
    published.files("metrics")

    def work() -> None:
        found = published.read("metrics", account_id=account)
        assert found.num_rows == DAYS

    size = f"{accounts:,} accounts x {DAYS} days, {METRICS} metrics"
    return [measure("one account's year of daily history", size, work, times)]
