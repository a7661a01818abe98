"""Which staged rows are new, which are already there, and which contradict another row of the same id.

Works on relations of one DuckDB connection, so that memory stays bounded however many rows there are.
For each record type in the batch it needs ``staged_<record>`` (stored columns, effective_at, _lid, _map,
_plain, row_hash) and ``there_<record>``, the rows of the same source that the lake holds:

- versioned types: the stored key, effective_at, known_at, deleted, row_hash;
- append types: the stored key, ``_day`` and row_hash, of the days that the batch touches.

``known_accounts`` holds the account ids the lake knows. The answer stands in ``repeated_<record>``
(_lid, _map) and in ``bad_lines`` (_lid, record, "column", reason, detail).
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from holdfast.records import RecordType

from .content_hash import ALIASED, quoted, tie_hash_sql

NO_DATE = "TIMESTAMP '9999-12-31'"


def judge(con: duckdb.DuckDBPyConnection, records: Sequence[RecordType]) -> None:
    """Fill ``repeated_<record>`` and ``bad_lines``.

    A source row counts whole, so a row that is bad for one of its records takes the others with it; what
    they had decided for other rows is decided again without them, until nothing changes.
    """
    con.execute(
        'CREATE OR REPLACE TEMP TABLE bad_lines(_lid BIGINT, record VARCHAR, "column" VARCHAR, reason VARCHAR, '
        "detail VARCHAR)"
    )
    before = -1
    while before != (before := _count(con, "bad_lines")):
        _unresolved(con, records)
        for record in records:
            _decide(con, record)


def give_ids(record: RecordType, staged: str) -> str:
    """SQL of the staged rows with an id for those that have none: their content and their ordinal among equals."""
    (key,) = record.stored_key
    content = "lpad(lower(hex((row_hash::HUGEINT + 9223372036854775808)::UBIGINT)), 16, '0')"
    return (
        f"SELECT * EXCLUDE (_n, row_hash) REPLACE (coalesce({key}, 'row:' || {content} || '-' || _n) AS {key}) "
        f"FROM (SELECT *, row_number() OVER (PARTITION BY row_hash, {key} IS NULL ORDER BY _lid, _map) AS _n "
        f"FROM ({staged}))"
    )


def dated(record: RecordType) -> str:
    """SQL of the moment a row came into being; a far date where it has none."""
    names = [f"{quoted(record.column(n).stored_name)}::TIMESTAMP" for n in record.dated_by]
    return f"coalesce({', '.join([*names, NO_DATE])})"


def day_of(record: RecordType) -> str:
    """SQL of the UTC day by which an append type tells equal ids apart."""
    return f"{quoted(record.dated_by[0])}::DATE"


def identity_columns(record: RecordType) -> list[str]:
    """SQL of what makes two staged rows the same thing."""
    key = [quoted(name) for name in record.stored_key]
    return [*key, day_of(record)] if record.append else [*key, "effective_at"]


def _unresolved(con: duckdb.DuckDBPyConnection, records: Sequence[RecordType]) -> None:
    if any(r.name == "account" for r in records):
        here = "UNION SELECT account_id FROM staged_account WHERE _lid NOT IN (SELECT _lid FROM bad_lines)"
    else:
        here = ""
    for record in records:
        if record.name == "account" or "account_id" not in record.by_name:
            continue
        con.execute(
            f"INSERT INTO bad_lines SELECT DISTINCT ON (_lid) _lid, '{record.name}', 'account_id', 'unresolved', "
            f"'the account is not known' FROM staged_{record.name} s "
            f"ANTI JOIN (SELECT account_id FROM known_accounts {here}) k ON s.account_id = k.account_id "
            "WHERE _lid NOT IN (SELECT _lid FROM bad_lines)"
        )


def _decide(con: duckdb.DuckDBPyConnection, record: RecordType) -> None:
    name, keys = record.name, identity_columns(record)
    names = [f"_k{n}" for n in range(len(keys))]
    ids = ", ".join(["''", *(f"coalesce({quoted(n)}, '')" for n in ALIASED if n in record.by_name)])
    ids = f"concat_ws(chr(31), {ids})"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW judged AS SELECT {_as(keys, names)}, effective_at, {dated(record)} AS _dated, "
        f"row_hash, _lid, _map FROM staged_{name} s ANTI JOIN bad_lines USING (_lid)"
    )
    same = " AND ".join(f"j.{n} IS NOT DISTINCT FROM w.{n}" for n in names)
    listed = ", ".join(names)
    con.execute(f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {listed} FROM judged GROUP BY ALL HAVING count(*) > 1")
    con.execute(f"CREATE OR REPLACE TEMP TABLE repeated_{name}(_lid BIGINT, _map SMALLINT)")
    if not record.append or _count(con, f"there_{name}"):
        _there(con, record, names)
    if not _count(con, "twice"):
        return
    both = " AND ".join(f"k.{n} IS NOT DISTINCT FROM twice.{n}" for n in names)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE tied_lines AS SELECT _lid, _map FROM judged k SEMI JOIN twice ON {both}"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE tied AS SELECT {_as(keys, names)}, {dated(record)} AS _dated, "
        f"{tie_hash_sql(record)} AS _tie, {ids} AS _ids, row_hash, _lid, _map "
        f"FROM (SELECT * FROM staged_{name} SEMI JOIN tied_lines USING (_lid, _map))"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE winners AS SELECT {listed}, "
        "arg_min({'hash': row_hash, 'lid': _lid, 'map': _map}, "
        "{'d': _dated, 'c': _tie, 'i': _ids, 'l': _lid, 'm': _map}) AS w "
        f"FROM tied GROUP BY {listed}"
    )
    con.execute(
        f"INSERT INTO repeated_{name} SELECT j._lid, j._map FROM tied j JOIN winners w ON {same} "
        "WHERE j.row_hash = w.w.hash AND (j._lid, j._map) <> (w.w.lid, w.w.map)"
    )
    conflict = f"'{name}', '{record.key[0]}', 'id_conflict', 'another row has the same id and different content'"
    con.execute(
        f"INSERT INTO bad_lines SELECT DISTINCT j._lid, {conflict} FROM tied j JOIN winners w ON {same} "
        f"ANTI JOIN repeated_{name} r ON r._lid = j._lid AND r._map = j._map "
        "WHERE j.row_hash <> w.w.hash AND j._lid NOT IN (SELECT _lid FROM bad_lines)"
    )


def _there(con: duckdb.DuckDBPyConnection, record: RecordType, names: Sequence[str]) -> None:
    """Rows that the lake already has."""
    name = record.name
    if not record.append:
        con.execute(_there_versioned(record, names))
        return
    (key,) = record.stored_key
    meets = f"j.{names[0]} = t.{quoted(key)} AND j.{names[1]} = t._day"
    con.execute(
        f"INSERT INTO repeated_{name} SELECT DISTINCT j._lid, j._map FROM judged j JOIN there_{name} t "
        f"ON {meets} AND j.row_hash = t.row_hash"
    )
    conflict = f"'{name}', '{record.key[0]}', 'id_conflict', 'an earlier batch has the same id and different content'"
    con.execute(
        f"INSERT INTO bad_lines SELECT DISTINCT j._lid, {conflict} FROM judged j JOIN there_{name} t "
        f"ON {meets} AND j.row_hash <> t.row_hash WHERE j._lid NOT IN (SELECT _lid FROM bad_lines)"
    )


def _there_versioned(record: RecordType, names: Sequence[str]) -> str:
    """A dated version is there if the same version is; an undated one if it equals the newest."""
    keys = list(zip(names, (quoted(k) for k in record.stored_key), strict=False))
    meets = " AND ".join(f"j.{n} = t.{k}" for n, k in keys)
    listed = ", ".join(k for _, k in keys)
    return (
        f"INSERT INTO repeated_{record.name} "
        f"SELECT DISTINCT j._lid, j._map FROM judged j JOIN there_{record.name} t ON {meets} "
        "AND j.row_hash = t.row_hash AND j.effective_at = t.effective_at AND NOT t.deleted "
        "UNION "
        f"SELECT j._lid, j._map FROM judged j JOIN (SELECT {listed}, arg_max({{'hash': row_hash, 'gone': deleted}}, "
        "{'k': known_at, 'e': coalesce(effective_at, known_at)}) AS last "
        f"FROM there_{record.name} GROUP BY {listed}) t ON {meets} "
        "AND j.row_hash = t.last.hash AND NOT t.last.gone AND j.effective_at IS NULL"
    )


def _as(expressions: Sequence[str], names: Sequence[str]) -> str:
    return ", ".join(f"{e} AS {n}" for e, n in zip(expressions, names, strict=True))


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0
