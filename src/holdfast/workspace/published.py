"""Reading the tables of the current publish: fixed versions, so that nobody sees half a run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import pyarrow as pa

from holdfast.errors.state import NothingPublished
from holdfast.pipeline.history_tables import PREFIX
from holdfast.pipeline.site import Site
from holdfast.records import READABLE

from .kept import kept_of

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
        snapshot = self.site.snapshot(self.versions)
        return frozenset(name for name in READABLE if snapshot.loaded(name))

    @cached_property
    def days(self) -> list[date]:
        """The stored days, in order."""
        rows = self.read("frame", columns=["as_of"], distinct=True)
        return sorted(rows["as_of"].to_pylist())

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    def files(self, name: str) -> list[str]:
        """The files of a history table; none where the run wrote no such table."""
        version = self.publish.tables.get(PREFIX + name)
        return [] if version is None else self.site.lake.table(PREFIX + name).files(version)

    def columns(self, name: str) -> list[str]:
        """The columns of a history table; none where there is no such table."""
        return self.kept(("columns", name), lambda: self.read(name, days=[]).column_names)

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
        files = self.files(name)
        if not files:
            return pa.table({})
        wanted = ", ".join(f'"{c}"' for c in columns) or "*"
        query = f"SELECT {'DISTINCT ' if distinct else ''}{wanted} FROM read_parquet(?, union_by_name=true)"
        values: list[Any] = [files]
        conditions = []
        if days is not None:
            conditions.append("as_of IN (SELECT unnest(?))")
            values.append(list(days))
        if account_id is not None:
            conditions.append("account_id = ?")
            values.append(account_id)
        if conditions:
            query += " WHERE " + " AND ".join(conditions)
        return self._connection.execute(query, values).to_arrow_table()
