"""The state in both databases: tests that take ``database`` run once with SQLite and once with PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from holdfast.state.database import close_state, open_state

from .postgres import postgres

__all__ = ["database", "new_database", "postgres"]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def new_database(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes a PostgreSQL database with all tables of the state; its address."""
    pattern = _make(postgres, "")
    open_state(tmp_path_factory.mktemp("pattern"), pattern)
    close_state()
    return lambda: _make(postgres, f"TEMPLATE {_name(pattern)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """What ``open_state`` takes as an address: None for SQLite, or that of a database of the test's own."""
    yield None if request.param == "sqlite" else request.getfixturevalue("new_database")()
    close_state()


def _make(server: str, like: str) -> str:
    name = f"state_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {like}".encode())
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")
