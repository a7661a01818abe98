"""A PostgreSQL server of the tests' own, in a temporary folder, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .debian import install

VERSION_FOLDERS = Path("/usr/lib/postgresql")
PASSWORD = "s3cret-pass"


def _binaries() -> Path:
    found = sorted(VERSION_FOLDERS.glob("*/bin/initdb"))
    if not found:
        install("postgresql")
        found = sorted(VERSION_FOLDERS.glob("*/bin/initdb"))
    return found[-1].parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str) -> None:
    """Run as the user postgres where we are root: the server refuses to run as root."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database, with a password in it."""
    with server() as address:
        yield address


@contextmanager
def server() -> Iterator[str]:
    """A server that runs as long as the block does; the address of an empty database."""
    with restartable() as (address, _):
        yield address


@contextmanager
def restartable() -> Iterator[tuple[str, Callable[[str], None]]]:
    """The same, and what ``start``s it and ``stop``s it at once, as a machine that dies would."""
    binaries, port = _binaries(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="holdfast-postgres-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    data, log = str(folder / "data"), str(folder / "log")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"

    def turn(what: str) -> None:
        more = ["-o", options, "-l", log, "-w"] if what == "start" else ["-m", "immediate"]
        _run(str(binaries / "pg_ctl"), "-D", data, *more, what)

    try:
        _run(
            str(binaries / "initdb"), "-D", data, "-U", "holdfast", "-A", "scram-sha-256", "-E", "UTF8",
            f"--pwfile={secret}", "--no-sync",
        )
        turn("start")
        try:
            yield f"postgresql://holdfast:{PASSWORD}@127.0.0.1:{port}/postgres", turn
        finally:
            turn("stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
