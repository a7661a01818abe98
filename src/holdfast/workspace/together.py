"""Rows of several accounts read at once and handed out one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import pyarrow as pa

Read = Callable[[str, "Sequence[date] | None", "Sequence[str] | None", Sequence[str]], pa.Table]
"""From the name of a table, days, accounts and columns to its rows."""
Asked = tuple[str, "tuple[date, ...] | None", tuple[str, ...]]


class Together:
    """Each question about one of ``accounts`` is asked of ``read`` once, for all of them."""

    def __init__(self, read: Read, accounts: list[str]) -> None:
        self._ask = read
        self._accounts = accounts
        self._parts: dict[Asked, tuple[pa.Table, dict[str, list[int]]]] = {}

    def read(self, name: str, days: Sequence[date] | None, account_id: str, columns: Sequence[str]) -> pa.Table:
        """The rows of that account, in their stored order."""
        if account_id not in self._accounts:
            return self._ask(name, days, [account_id], columns)
        asked: Asked = (name, None if days is None else tuple(days), tuple(columns))
        if asked not in self._parts:
            self._parts[asked] = self._read(name, days, columns)
        table, places = self._parts[asked]
        return table.take(pa.array(places.get(account_id, []), pa.int64()))

    def _read(
        self, name: str, days: Sequence[date] | None, columns: Sequence[str]
    ) -> tuple[pa.Table, dict[str, list[int]]]:
        whole = self._ask(name, days, self._accounts, list(dict.fromkeys([*columns, "account_id"])) if columns else ())
        places: dict[str, list[int]] = defaultdict(list)
        if "account_id" in whole.column_names:
            for place, account in enumerate(whole["account_id"].to_pylist()):
                places[account].append(place)
        return whole.select(list(columns)) if columns and whole.num_columns else whole, places
