"""Personal values out of a table of records: keys stay, the values move to the tables ``persons`` and ``texts``.

Everything here is SQL for DuckDB, so that millions of rows are keyed without a loop.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from holdfast.lake.stored import PERSONS, TEXTS
from holdfast.lake.vault import Vault
from holdfast.records import Column, RecordType

from .content_hash import quoted, signed, text_literal

SQL_KIND = {
    "text": "VARCHAR", "integer": "BIGINT", "decimal": "DECIMAL(18,6)", "number": "DOUBLE",
    "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP", "json": "VARCHAR",
}
PERSONAL_ATTRIBUTES = "_personal_attributes"
_SEPARATOR = "chr(31)"
_OPEN = Vault(b"")


class Vaulting:
    """SQL that keys the rows of one record type. ``present`` are the columns that the plain rows have.

    The key of a person's id depends on the id alone, so that a person is one across records. The key of
    a detail or a text depends on record, row key and value: equal texts of two customers share nothing,
    and a changed text has another key.
    """

    def __init__(self, record: RecordType, present: Sequence[str], vault: Vault) -> None:
        self.record = record
        self.vault = vault
        self.present = frozenset(present)

    def with_people(self, plain: pa.Table) -> pa.Table:
        """``plain`` with ``key:<name>`` beside each person's id and ``plain:<name>`` beside each personal value."""
        for column in self._personal():
            values = plain[column.name]
            if column.personal == "person":
                plain = plain.append_column(f"key:{column.name}", self.vault.keys(column.domain or column.name, values))
            plain = plain.append_column(f"plain:{column.name}", _OPEN.keys(column.name, values))
        return plain

    def plain(self) -> str:
        """SQL of one number for the personal values of a row, over the relation of ``with_people``."""
        names = [quoted(f"plain:{c.name}") for c in self._personal()]
        if len(names) < 2:
            return names[0] if names else "NULL::BIGINT"
        return signed(f"md5_number_lower(concat_ws({_SEPARATOR}, {', '.join(f'coalesce({n}, 0)' for n in names)}))")

    def details(self) -> list[str]:
        """Select items of the keys of all other personal columns, over rows that have the keys of people."""
        others = [c for c in self._personal() if c.personal != "person"]
        if PERSONAL_ATTRIBUTES in self.present:
            others.append(Column(PERSONAL_ATTRIBUTES, "json", personal="text"))
        return [f"{self._value_key(c)} AS {_key(c.name)}" for c in others]

    def stored(self) -> list[str]:
        """Select items of the declared columns in stored form, over the relation of ``keyed``."""
        return [self._stored(c) for c in self.record.columns]

    def vault_rows(self, keyed: str) -> dict[str, str]:
        """For each vault table the SQL of its rows, each key once."""
        parts: dict[str, list[str]] = {PERSONS: [], TEXTS: []}
        owner = self._owner()
        for column in self._personal():
            key, value = _key(column.name), f"{quoted(column.name)}::VARCHAR"
            table = TEXTS if column.personal == "text" else PERSONS
            if column.personal == "person":
                domain = text_literal(column.domain or column.name)
                parts[table].append(self._rows("'person'", domain, key, value, key, keyed))
            else:
                names = text_literal(self.record.name), text_literal(column.name)
                parts[table].append(self._rows(*names, key, value, owner, keyed))
        if PERSONAL_ATTRIBUTES in self.present:
            names = text_literal(self.record.name), "'attributes'"
            key, value = _key(PERSONAL_ATTRIBUTES), quoted(PERSONAL_ATTRIBUTES)
            parts[TEXTS].append(self._rows(*names, key, value, owner, keyed))
        return {
            table: f"SELECT DISTINCT ON (key) * FROM ({' UNION ALL '.join(selects)}) ORDER BY key, account_id"
            for table, selects in parts.items() if selects
        }

    def _personal(self) -> list[Column]:
        return [c for c in self.record.columns if c.personal and c.name in self.present]

    def _value_key(self, column: Column) -> str:
        value = f"{quoted(column.name)}::VARCHAR"
        whose = f"concat_ws({_SEPARATOR}, {self._row_key()})"
        return self.vault.sql(f"{self.record.name}.{column.name}", f"{whose} || {_SEPARATOR} || {value}")

    def _row_key(self) -> str:
        names = [
            _key(n) if self.record.column(n).personal == "person" else quoted(n)
            for n in self.record.key if n in self.present
        ]
        return ", ".join(f"coalesce({name}::VARCHAR, '')" for name in names) or "''"

    def _owner(self) -> str:
        """The person a detail or text belongs to: the record's key, else its first person."""
        people = [c.name for c in self._personal() if c.personal == "person"]
        ranked = [n for n in self.record.key if n in people] + people
        return _key(ranked[0]) if ranked else "NULL::BIGINT"

    def _rows(self, record: str, column: str, key: str, value: str, owner: str, keyed: str) -> str:
        account = quoted("account_id") if "account_id" in self.present else "NULL::VARCHAR"
        return (
            f'SELECT {key} AS key, {record} AS record, {column} AS "column", {value} AS value, '
            f"{owner} AS owner, {account} AS account_id FROM {keyed} WHERE {key} IS NOT NULL"
        )

    def _stored(self, column: Column) -> str:
        kind = "BIGINT" if column.personal else SQL_KIND[column.kind]
        if column.name not in self.present:
            return f"NULL::{kind} AS {quoted(column.stored_name)}"
        name = _key(column.name) if column.personal else quoted(column.name)
        return f"{name}::{kind} AS {quoted(column.stored_name)}"


def _key(name: str) -> str:
    return quoted(f"key:{name}")


