"""The application as it runs: a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

PASSWORD = "calm-harbour-42x"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Served:
    """A workspace that is being served, its address, and the first administrator's link."""

    folder: Path
    address: str
    link: str


@contextmanager
def served(folder: Path, log: Path) -> Iterator[Served]:
    """Serve the workspace until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(log, "w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "holdfast", "serve", "-w", str(folder), "--port", str(port)],
            stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address, log)
        found = re.search(r"http://\S+/welcome/\S+", log.read_text(encoding="utf-8"))
        yield Served(folder, address, found.group() if found else "")
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{address}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def company_day() -> date:
    """Today where the company of the demo works; for an hour or two before midnight UTC that is tomorrow."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def invited(folder: Path, role: str, email: str, address: str) -> str:
    """A one-time link from the command line."""
    words = ["invite", role, "--email", email, "--address", address, "-w", str(folder)]
    done = subprocess.run([sys.executable, "-m", "holdfast", *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def post(client: httpx.Client, path: str, **values: str) -> httpx.Response:
    """Send a form with the token of the page that shows it."""
    token = TOKEN.search(client.get(values.pop("page", path)).text)
    assert token is not None, f"no form at {path}"
    return client.post(path, data={"csrfmiddlewaretoken": token.group(1), **values})


def join(client: httpx.Client, link: str, email: str, password: str = PASSWORD) -> httpx.Response:
    """Use a one-time link."""
    return post(client, link, email=email, password=password, again=password)


def from_machine(address: str, machine: str) -> httpx.Client:
    """A browser on another machine: ``machine`` is an address of the loopback network."""
    return httpx.Client(base_url=address, timeout=60, transport=httpx.HTTPTransport(local_address=machine))


def log_in(address: str, email: str, password: str = PASSWORD, timeout: float = 180) -> httpx.Client:
    """A browser that is logged in."""
    client = httpx.Client(base_url=address, timeout=timeout)
    answer = post(client, "/login/", login=email, password=password)
    assert answer.status_code == 302, answer.text
    return client
