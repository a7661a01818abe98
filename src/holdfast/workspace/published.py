"""Reading the tables of the current publish: fixed versions, so that nobody sees half a run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import pyarrow as pa

from holdfast.errors.state import NothingPublished
from holdfast.lake import PERSONS
from holdfast.pipeline.history_tables import PREFIX
from holdfast.pipeline.site import Site
from holdfast.records import READABLE

from .kept import kept_of
from .personal_values import PersonalValues
from .together import Together

if TYPE_CHECKING:
    from holdfast.state.models import Publish

Made = TypeVar("Made")


class Published:
    """The stored history of the current publish. Raises NothingPublished where there is none."""

    def __init__(self, site: Site) -> None:
        from holdfast.state.runs import current

        site.open_state()
        found = current()
        if found is None:
            raise NothingPublished(folder=str(site.folder))
        self.site = site
        self.publish: Publish = found
        self._kept = kept_of(str(site.data), found.pk)
        self._files: dict[str, list[str]] = {}
        self._together: Together | None = None

    def kept(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Something about a day of all accounts, made when it is first asked for, for all threads of the process.

        A publish never changes. What is made must be plain values: an engine's tables belong to one thread.
        """
        return self._kept.get(name, make)

    @property
    def as_of(self) -> date:
        """The day of the publish."""
        return self.publish.as_of

    @property
    def versions(self) -> dict[str, int]:
        """The versions of the record tables that the run was bound to."""
        return dict(self.publish.run.versions)

    @cached_property
    def loaded(self) -> frozenset[str]:
        """The records that metrics can read here: those of which anything was ever stored."""
        return frozenset(name for name in READABLE if self.stored(name))

    def stored(self, record: str) -> bool:
        """Whether any row of ``record`` was ever stored; asked once a publish."""
        return self.kept(("stored", record), lambda: self.site.snapshot(self.versions).loaded(record))

    @cached_property
    def days(self) -> list[date]:
        """The stored days, in order."""
        rows = self.read("frame", columns=["as_of"], distinct=True)
        return sorted(rows["as_of"].to_pylist())

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    def close(self) -> None:
        """Let go of what was opened to read; it is opened anew when somebody asks."""
        connection = self.__dict__.pop("_connection", None)
        if connection is not None:
            connection.close()
        self.site.close()

    def files(self, name: str) -> list[str]:
        """The files of a history table; none where the run wrote no such table."""
        if name not in self._files:
            version = self.publish.tables.get(PREFIX + name)
            self._files[name] = [] if version is None else self.site.lake.table(PREFIX + name).files(version)
        return self._files[name]

    @contextmanager
    def together(self, accounts: Sequence[str]) -> Iterator[None]:
        """Within it, what is read of one of these accounts is read of all of them at once and handed out."""
        before, self._together = self._together, Together(self._read, list(accounts))
        try:
            yield
        finally:
            self._together = before

    def personal_values(self, keys: Collection[int]) -> dict[int, str]:
        """Names, titles and e-mails of persons by key, from the one table that holds them."""
        return self.kept("personal values", self._personal_values).of(keys) if keys else {}

    def _personal_values(self) -> PersonalValues:
        version = self.versions.get(PERSONS)
        files = [] if version is None else self.site.lake.table(PERSONS).files(version)
        if not files:
            return PersonalValues(pa.table({"key": pa.array([], pa.int64()), "value": pa.array([], pa.string())}))
        query = "SELECT key, min(value) AS value FROM read_parquet(?, union_by_name=true) GROUP BY key"
        return PersonalValues(self._connection.execute(query, [files]).to_arrow_table())

    def columns(self, name: str) -> list[str]:
        """The columns of a history table; none where there is no such table."""
        return self.kept(("columns", name), lambda: self._columns(name))

    def _columns(self, name: str) -> list[str]:
        query = "SELECT * FROM read_parquet(?, union_by_name=true) LIMIT 0"
        files = self.files(name)
        return self._connection.execute(query, [files]).to_arrow_table().column_names if files else []

    def read(
        self,
        name: str,
        *,
        days: Sequence[date] | None = None,
        account_id: str | None = None,
        columns: Sequence[str] = (),
        distinct: bool = False,
    ) -> pa.Table:
        """Rows of a history table, in their stored order; an empty table where there is none."""
        if account_id is None or self._together is None or distinct:
            return self._read(name, days, None if account_id is None else [account_id], columns, distinct)
        return self._together.read(name, days, account_id, columns)

    def _read(
        self, name: str, days: Sequence[date] | None, accounts: Sequence[str] | None, columns: Sequence[str],
        distinct: bool = False,
    ) -> pa.Table:
        files = self.files(name)
        if not files:
            return pa.table({})
        wanted = ", ".join(f'"{c}"' for c in columns) or "*"
        query = f"SELECT {'DISTINCT ' if distinct else ''}{wanted} FROM read_parquet(?, union_by_name=true)"
        values: list[Any] = [files]
        conditions = []
        for column, chosen in (("as_of", days), ("account_id", accounts)):
            if chosen is not None:
                conditions.append(f"{column} IN (SELECT unnest(?))" if len(chosen) != 1 else f"{column} = ?")
                values.append(list(chosen) if len(chosen) != 1 else chosen[0])
        if conditions:
            query += " WHERE " + " AND ".join(conditions)
        return self._connection.execute(query, values).to_arrow_table()
