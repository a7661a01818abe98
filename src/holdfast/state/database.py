"""Opening the state database of a workspace: SQLite inside it, or PostgreSQL by address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"

_opened: list[dict[str, Any]] = []
"""The database that is open in this process, brought up to date."""


def open_state(folder: Path, address: str | None = None) -> None:
    """Connect Django's ORM to the state of the workspace data in ``folder`` and bring its tables up to date.

    ``address`` such as ``postgresql://user:password@host:5432/name`` replaces the SQLite file. Opening
    another workspace in the same process closes the one before.
    """
    from django.core.management import call_command
    from django.db import connections

    configure()
    database = _postgresql(address) if address else _sqlite(folder)
    if _opened == [database] and _there(database):
        return
    _opened.clear()
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    if _behind():
        call_command("migrate", verbosity=0, interactive=False)
    _opened.append(database)


def _there(database: dict[str, Any]) -> bool:
    return not database["ENGINE"].endswith("sqlite3") or Path(database["NAME"]).is_file()


def configure() -> None:
    """Set Django up once a process; which database it talks to is decided by open_state."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.state.settings")
    if not apps.ready:
        django.setup()


def close_state() -> None:
    """Close the connection; the next query opens it again."""
    from django.db import connections

    connections["default"].close()


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _sqlite(folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "state.sqlite3"), "OPTIONS": options}


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
