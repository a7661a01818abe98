"""The state database is held by somebody else, or its disk is full: the page says so, and nothing is half done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from .conftest import IN_POSTGRESQL
from .server import Served, join, log_in, post, served

pytestmark = pytest.mark.skipif(bool(os.environ.get(IN_POSTGRESQL)), reason="about SQLite's file")
MAIL = "admin@office.example"


@pytest.fixture
def small_server(small_company: Path, small_volume: Path, tmp_path: Path) -> Iterator[Served]:
    """The small company served from a volume of 64 MB."""
    folder = Path(shutil.copytree(small_company, small_volume / "company"))
    with served(folder, tmp_path / "log") as found:
        assert join(httpx.Client(timeout=60), found.link, MAIL).status_code == 302
        yield found


def people(client: httpx.Client) -> str:
    return client.get("/people").text


def invite(client: httpx.Client, mail: str) -> httpx.Response:
    return post(client, "/people/invite", page="/people", role="csm", email=mail)


def entries(folder: Path) -> int:
    with closing(sqlite3.connect(folder / ".holdfast" / "state.sqlite3")) as state:
        return int(state.execute("SELECT count(*) FROM state_auditentry").fetchone()[0])


def test_who_writes_waits_and_is_told_when_to_come_again(small_server: Served) -> None:
    client = log_in(small_server.address, MAIL)
    before = entries(small_server.folder)
    with closing(sqlite3.connect(small_server.folder / ".holdfast" / "state.sqlite3", isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        assert client.get("/accounts").status_code == 200
        refused = invite(client, "new@office.example")
        held.execute("ROLLBACK")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert "look whether it is there before you send it again" in refused.text
    assert entries(small_server.folder) == before
    assert invite(client, "new@office.example").status_code == 200
    assert entries(small_server.folder) == before + 1


def test_without_room_for_the_audit_entry_the_act_is_refused(small_server: Served) -> None:
    client, filler = log_in(small_server.address, MAIL), small_server.folder / "filler"
    before, invitations = entries(small_server.folder), count(small_server.folder)
    filler.write_bytes(b"x" * shutil.disk_usage(small_server.folder).free)
    refused = [invite(client, f"{n}@office.example") for n in range(3)]
    assert {answer.status_code for answer in refused} == {503}
    filler.unlink()
    assert (entries(small_server.folder), count(small_server.folder)) == (before, invitations)
    assert invite(client, "new@office.example").status_code == 200
    assert (entries(small_server.folder), count(small_server.folder)) == (before + 1, invitations + 1)


def count(folder: Path) -> int:
    with closing(sqlite3.connect(folder / ".holdfast" / "state.sqlite3")) as state:
        return int(state.execute("SELECT count(*) FROM state_invitation").fetchone()[0])
