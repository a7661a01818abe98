"""The engines that mapping works with: small, shut off from files and network, and used again for the next file."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

MEMORY = "256MB"
_idle: list[duckdb.DuckDBPyConnection] = []


def take() -> duckdb.DuckDBPyConnection:
    """An engine for one file, without tables."""
    try:
        return _idle.pop()
    except IndexError:
        con = duckdb.connect(config={
            "memory_limit": MEMORY, "threads": 1, "autoinstall_known_extensions": False,
            "autoload_known_extensions": False, "enable_external_access": False,
        })
        con.execute("SET TimeZone = 'UTC'")
        return con


def give_back(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Keep an engine for the next file, rid of ``tables``; beside one idle engine it is closed."""
    if _idle:
        con.close()
        return
    for name in ("raw", "given"):
        con.unregister(name)
    for name in tables:
        con.execute(f"DROP TABLE {name}")
    _idle.append(con)
