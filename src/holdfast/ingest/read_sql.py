"""A table or query of PostgreSQL, SQLite or DuckDB: read only, in chunks, row numbers instead of lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from holdfast.definitions.source import Source
from holdfast.errors.ingest import IngestError, SqlFailed, SqlSetting

from .read_duckdb import read_duckdb
from .read_postgres import read_postgres
from .read_sqlite import read_sqlite
from .source_rows import SourceRows


@contextmanager
def open_sql(source: Source, workspace: Path) -> Iterator[SourceRows]:
    """The rows of ``source.sql``. What the database says is passed on without the password."""
    url, query = _address(source), _query(source)
    parts = urlsplit(url)
    try:
        if parts.scheme in ("postgresql", "postgres"):
            with read_postgres(url, query, source.decimal) as (columns, chunks):
                yield SourceRows("sql", columns, _told(chunks, source, url))
        else:
            path = _database_file(parts.path, workspace)
            sqlite = parts.scheme == "sqlite"
            reader = read_sqlite(path, query, source.decimal) if sqlite else read_duckdb(path, query)
            with reader as (columns, chunks):
                yield SourceRows("sql", columns, _told(chunks, source, url))
    except IngestError:
        raise
    except database_errors() as error:
        raise _failed(source, url, error) from None


def _database_file(path: str, workspace: Path) -> Path:
    """``sqlite:///crm.db`` lies in the workspace, ``sqlite:////data/crm.db`` anywhere."""
    name = unquote(path)
    if name.startswith("//"):
        return Path(name[1:])
    inside = workspace / name.removeprefix("/")
    return inside if inside.exists() or not Path(name).is_absolute() else Path(name)


def database_errors() -> tuple[type[Exception], ...]:
    """What the drivers raise; the PostgreSQL driver only counts where it is installed."""
    import sqlite3

    import duckdb

    try:
        import psycopg
    except ImportError:
        return sqlite3.Error, duckdb.Error
    return sqlite3.Error, duckdb.Error, psycopg.Error


def _told(chunks: Iterator, source: Source, url: str) -> Iterator:  # type: ignore[type-arg]
    try:
        yield from chunks
    except database_errors() as error:
        raise _failed(source, url, error) from None


def _failed(source: Source, url: str, error: Exception) -> SqlFailed:
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    password = urlsplit(url).password
    for secret in filter(None, (url, password, unquote(password or ""))):
        first = first.replace(secret, "***")
    return SqlFailed(source=source.source, what=first.rstrip("."))


def _address(source: Source) -> str:
    if source.sql is None:
        fix = "give sql: with url_env: and table:"
        raise SqlSetting(source=source.source, what="it names neither files nor a database", fix=fix)
    url = source.sql.url or ""
    if source.sql.url_env is not None:
        url = os.environ.get(source.sql.url_env, "")
        if not url:
            what = f"the variable {source.sql.url_env} is not set"
            raise SqlSetting(source=source.source, what=what, fix=f"export {source.sql.url_env}=postgresql://...")
    if url.split(":", 1)[0] not in ("postgresql", "postgres", "sqlite", "duckdb"):
        what = "the address is of no database that can be read"
        raise SqlSetting(source=source.source, what=what, fix="begin it with postgresql:, sqlite: or duckdb:")
    return url


def _query(source: Source) -> str:
    assert source.sql is not None
    if (source.sql.table is None) == (source.sql.query is None):
        what = "sql: needs a table or a query, one of the two"
        raise SqlSetting(source=source.source, what=what, fix="give table: or query:")
    if source.sql.query is not None:
        return source.sql.query.strip().rstrip(";")
    parts = (source.sql.table or "").split(".")
    return "SELECT * FROM " + ".".join('"' + part.replace('"', '""') + '"' for part in parts)
