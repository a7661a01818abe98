"""The newest state of every record as DuckDB views: one row a key and source, and one row a key."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.records import RECORDS, RecordType

from .content_hash import quoted, text_literal
from .lake_rows import LakeRows

_NEWEST = "ORDER BY coalesce(effective_at, known_at) DESC, known_at DESC, row_hash DESC, line DESC"


class CurrentRows:
    """Views ``each_<record>`` (newest version of a key in each source) and ``now_<record>`` (one row a key).

    Where several sources have a key, each column of ``now_`` comes from its master source where that has
    a value, else from the first source by name that does. Append types are taken as they are.
    """

    def __init__(self, there: LakeRows, masters: Mapping[str, str]) -> None:
        self.there = there
        self.con = there.con
        self.counts: dict[str, int] = {}
        for record in RECORDS.values():
            self._make(record, masters)

    def loaded(self, *records: str) -> bool:
        """Whether each of the records has rows."""
        return all(self.counts[r] for r in records)

    def one(self, query: str) -> int:
        """The single number that a query gives."""
        return int(self.con.execute(query).fetchall()[0][0] or 0)

    def texts(self, query: str) -> list[str]:
        """The first column of a query's rows, as texts."""
        return [str(row[0]) for row in self.con.execute(query).fetchall()]

    def _make(self, record: RecordType, masters: Mapping[str, str]) -> None:
        rows, name = self.there.record(record.name), record.name
        if record.append:
            self.con.execute(f"CREATE OR REPLACE TEMP VIEW each_{name} AS {rows}")
            self.con.execute(f"CREATE OR REPLACE TEMP VIEW now_{name} AS {rows}")
        else:
            key = ", ".join(quoted(k) for k in record.stored_key)
            self.con.execute(
                f"CREATE OR REPLACE TEMP TABLE each_{name} AS SELECT * FROM ({rows}) "
                f"QUALIFY row_number() OVER (PARTITION BY source, {key} {_NEWEST}) = 1"
            )
            self.con.execute(f"DELETE FROM each_{name} WHERE deleted")
            several = self.one(f"SELECT count(DISTINCT source) FROM each_{name}") > 1
            merged = _merged(record, masters) if several else f"SELECT * FROM each_{name}"
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE now_{name} AS {merged}")
        self.counts[name] = self.one(f"SELECT count(*) FROM now_{name}")


def _merged(record: RecordType, masters: Mapping[str, str]) -> str:
    key = ", ".join(quoted(k) for k in record.stored_key)
    picked = []
    for column in record.columns:
        if column.name in record.key:
            continue
        master = masters.get(f"{record.name}.{column.name}") or masters.get(record.name) or ""
        rank = f"{{'other': source <> {text_literal(master)}, 'source': source}}"
        name = quoted(column.stored_name)
        picked.append(f"arg_min({name}, {rank}) FILTER ({name} IS NOT NULL) AS {name}")
    return f"SELECT {', '.join([key, *picked])} FROM each_{record.name} GROUP BY {key}"
