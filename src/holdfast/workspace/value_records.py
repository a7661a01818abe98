"""The value records of an account as the sources tell them: claims with who confirmed them, and questions asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from .day_inputs import day_inputs
from .published import Published

Rows = list[dict[str, Any]]
YEARLY = "value_yearly_confirmed"
_KEYS = ("confirmed_by_key", "asked_of_key")
_COLUMNS = {
    "value_claim": ("metric", "degree", "amount", "currency", "period", "claimed_on", "confirmed_by_key",
                    "confirmed_at", "expires_at", "source"),
    "value_question": ("asked_at", "asked_of_key", "answer", "source"),
}


@dataclass(frozen=True)
class ValueRecords:
    """Claims and questions, newest first; None for a record that nobody recorded anywhere.

    ``confirmed_by`` and ``asked_of`` are names, empty where the contact is not known. ``yearly``: the metric
    value_yearly_confirmed, in the reporting currency.
    """

    claims: Rows | None
    questions: Rows | None
    yearly: float | None


class _ByAccount:
    """A table with account_id, held as it is: rows as dicts would take ten times the memory."""

    def __init__(self, table: pa.Table, newest_by: str) -> None:
        self.table = table.sort_by([("account_id", "ascending"), (newest_by, "descending")])
        self._places: dict[str, tuple[int, int]] = {}
        for place, account in enumerate(self.table["account_id"].to_pylist()):
            first, count = self._places.get(account, (place, 0))
            self._places[account] = first, count + 1

    def of(self, account_id: str) -> Rows:
        """The rows of an account, newest first."""
        first, count = self._places.get(account_id, (0, 0))
        found: Rows = self.table.slice(first, count).drop_columns("account_id").to_pylist()
        return found

    def people(self) -> set[int]:
        """The contacts that any row names."""
        columns = (self.table[name] for name in _KEYS if name in self.table.column_names)
        return {key for column in columns for key in column.to_pylist() if key is not None}


@dataclass(frozen=True)
class _Every:
    """All accounts on a day, without names: they are looked up for the one that somebody opens."""

    claims: _ByAccount | None
    questions: _ByAccount | None
    yearly: dict[str, float | None]
    name_keys: dict[int, int]


def value_records(published: Published, account_id: str, day: date, personal: bool) -> ValueRecords:
    """What holds for an account as of ``day``, as now known; names only where ``personal``."""
    every = published.kept(("value records", day), lambda: _every(published, day))
    claims, questions = (None if one is None else one.of(account_id) for one in (every.claims, every.questions))
    keys = _people([*(claims or []), *(questions or [])])
    name_of = {key: every.name_keys[key] for key in keys if key in every.name_keys}
    known = published.personal_values(set(name_of.values())) if personal and name_of else {}
    names = {key: known[name] for key, name in name_of.items() if name in known}
    return ValueRecords(_named(claims, names), _named(questions, names), every.yearly.get(account_id))


def _named(rows: Rows | None, names: Mapping[int, str]) -> Rows | None:
    if rows is None:
        return None
    return [{name.removesuffix("_key"): names.get(value, "") if name in _KEYS else value
             for name, value in row.items()} for row in rows]


def _people(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    return {row[key] for row in rows for key in _KEYS if row.get(key) is not None}


def _every(published: Published, day: date) -> _Every:
    """Made once a publish, which never changes: the two tables are small."""
    with published.site.engine.scratch():
        claims = _all_of(published, "value_claim", "claimed_on", day)
        questions = _all_of(published, "value_question", "asked_at", day)
    people = {key for one in (claims, questions) if one is not None for key in one.people()}
    return _Every(claims, questions, _yearly(published, day), _name_keys(published, people))


def _all_of(published: Published, record: str, newest_by: str, day: date) -> _ByAccount | None:
    snapshot = published.site.snapshot(published.versions)
    if not snapshot.loaded(record):
        return None
    view = snapshot.as_of(record, snapshot.days([day]))
    return _ByAccount(snapshot.engine.arrow(view.select("account_id", *_COLUMNS[record])), newest_by)


def _yearly(published: Published, day: date) -> dict[str, float | None]:
    if YEARLY not in published.columns("metrics"):
        return {}
    if day in published.days:
        table = published.read("metrics", days=[day], columns=["account_id", YEARLY])
    else:
        table = day_inputs(published, day, "known").tables["metrics"].select(["account_id", YEARLY])
    pairs = zip(table["account_id"].to_pylist(), table[YEARLY].to_pylist(), strict=True)
    return {account: None if value is None else float(value) for account, value in pairs}


def _name_keys(published: Published, wanted: set[int]) -> dict[int, int]:
    """Contact -> the key of its name, for contacts that the published run knew."""
    if not wanted or not published.files("people"):
        return {}
    table = published.read("people", columns=["contact_key", "name_key"])
    pairs = zip(table["contact_key"].to_pylist(), table["name_key"].to_pylist(), strict=True)
    return {contact: name for contact, name in pairs if contact in wanted and name is not None}
