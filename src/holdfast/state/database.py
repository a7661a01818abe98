"""Opening the state database of a workspace: SQLite inside it, or PostgreSQL by address."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from holdfast.errors.state import NewerState
from holdfast.shortage import shortage_named

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"

HELD = 60
"""Seconds for which a thread that answers requests goes on with its connection: opening one takes milliseconds."""

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
    with shortage_named(folder):
        if _behind(folder):
            with _one_at_a_time(folder):
                if _behind(folder):
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


def _behind(folder: Path) -> bool:
    """Whether steps of this program are not applied yet. Each is applied whole or not at all, so a killed upgrade
    goes on where it stopped. Raises NewerState where a newer program has been here."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    own = {label for label, _ in executor.loader.disk_migrations}
    newer = sorted(name for label, name in executor.loader.applied_migrations
                   if label in own and (label, name) not in executor.loader.disk_migrations)
    if newer:
        raise NewerState(folder=str(folder), step=newer[-1])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Web, worker and commands may start together: one of them upgrades, the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "upgrade.lock", "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sqlite(folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "state.sqlite3"), "OPTIONS": options,
        "CONN_MAX_AGE": HELD,
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": HELD,
        "CONN_HEALTH_CHECKS": True,
    }
