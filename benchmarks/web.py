"""The served application under load: 200 browsers with real logins, 20 requests a second, each for another account.

    .venv/bin/python benchmarks/web.py FOLDER          # a workspace that has been run
    .venv/bin/python benchmarks/web.py --accounts 400  # makes one by the pipeline

Times are those of the asking side from the moment at which a request is due, so waiting for a free thread counts. Pages
are asked for in turn; nobody opens an account twice. Some account pages are compared with ``holdfast account --json``.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from holdfast.reports import account_card
from measure import HOLDFAST, machine, table

PASSWORD = "calm-harbour-42x"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TURNS = ("worklist", "account", "portfolio", "account")
LIMITS = {"worklist": 150, "account": 150, "portfolio": 250}
"""Milliseconds that 95 of 100 answers are to stay under."""
COMPARED = 5
FIRST_PAINT = """() => new Promise(found => new PerformanceObserver(list => found(list.getEntries()[0].startTime))
    .observe({type: "paint", buffered: true}))"""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Answer:
    """One request: its page, milliseconds since it was due, status, and bytes as they would travel compressed."""

    page: str
    milliseconds: float
    status: int
    weight: int


def main() -> None:
    """Print what was measured."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("folder", nargs="?", type=Path)
    read.add_argument("--accounts", type=int, default=400)
    read.add_argument("--users", type=int, default=200)
    read.add_argument("--rate", type=float, default=20)
    read.add_argument("--seconds", type=int, default=60)
    given = read.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or made(Path(scratch) / "company", given.accounts)
        rows = json.loads(said("accounts", "-w", str(folder), "--json"))
        print(machine(), f"\n{len(rows)} accounts, {given.users} browsers, {given.rate:g} requests a second for "
              f"{given.seconds} s", flush=True)
        with served(folder) as (address, _, _):
            people = joined(folder, address, rows, given.users)
            waited = until_prepared(folder, len(rows))
        with served(folder) as (address, started, process):
            clients = [signed_in(address, mail, n) for n, mail in enumerate(people)]
            answers = asked(clients, people, rows, given.rate, given.seconds)
            resident = memory_of(process.pid)
            same = compared(folder, clients[0], rows)
            paints = first_paints(address, clients[0], str(rows[len(rows) // 3]["account_id"]))
    print(f"pages of all accounts prepared by the worker after {waited:.0f} s\n"
          f"serving again {started:.1f} s after the start (limit 5), web process {resident:.0f} MB (limit 500)")
    print(report(answers))
    print("first paint in Chromium on this machine (limit 1,000 ms), first and second time: "
          + ", ".join(f"{page} {first:.0f} and {second:.0f} ms" for page, first, second in paints))
    print(f"{same} of {COMPARED} compared pages show every figure of account --json")


def made(folder: Path, accounts: int) -> Path:
    """A company made by the pipeline, with two years of history."""
    said("demo", str(folder), "--accounts", str(accounts), "--months", "24")
    said("run", "-w", str(folder))
    return folder


def said(*words: str) -> str:
    """What a command prints."""
    return subprocess.run([*HOLDFAST, *words], check=True, capture_output=True, text=True).stdout


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, float, subprocess.Popen[bytes]]]:
    """The application of the folder until the block ends: its address, seconds until it answered, its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun, address = time.perf_counter(), f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [*HOLDFAST, "serve", "-w", str(folder), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        while not answers(address):
            time.sleep(0.05)
        yield address, time.perf_counter() - begun, process
    finally:
        process.terminate()
        process.wait(60)


def answers(address: str) -> bool:
    """Whether somebody serves there."""
    try:
        return httpx.get(f"{address}/health", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def joined(folder: Path, address: str, rows: Sequence[dict[str, object]], count: int) -> list[str]:
    """Whose browser is whose: a tenth are CS operations, who see all accounts, the others owners; where there are
    fewer owners than browsers, some have several. Everybody took a one-time link."""
    from holdfast.state.access import AccessRole, invite
    from holdfast.web.serve import prepare

    prepare(folder)
    from holdfast.state.models import User

    owners = sorted({str(row["owner"]) for row in rows if row["owner"]})[: count * 9 // 10]
    others = [f"operations.{n}@office.example" for n in range(count // 10)]
    for number, mail in enumerate([*owners, *others]):
        if User.objects.filter(email=mail).exists():  # of an earlier measurement
            continue
        role = AccessRole.CSM if mail in owners else AccessRole.OPERATIONS
        with client_of(address, number) as client:
            sent = post(client, f"/welcome/{invite(role, mail)}", email=mail, password=PASSWORD, again=PASSWORD)
            assert sent.status_code == 302, sent.text
    browsers = itertools.cycle(owners)
    return [*others, *(next(browsers) for _ in range(count - len(others)))]


def client_of(address: str, number: int) -> httpx.Client:
    """A browser with an address of its own, as people have: logins are limited by address."""
    local = f"127.0.{1 + number // 250}.{1 + number % 250}"
    return httpx.Client(
        base_url=address, timeout=120, transport=httpx.HTTPTransport(local_address=local))


def post(client: httpx.Client, path: str, **values: str) -> httpx.Response:
    """Send a form with the token of the page that shows it."""
    token = TOKEN.search(client.get(path).text)
    assert token is not None, f"no form at {path}"
    return client.post(path, data={"csrfmiddlewaretoken": token.group(1), **values})


def signed_in(address: str, mail: str, number: int) -> httpx.Client:
    """Somebody's browser after the login."""
    client = client_of(address, number)
    sent = post(client, "/login/", login=mail, password=PASSWORD)
    assert sent.status_code == 302, sent.text
    return client


def until_prepared(folder: Path, accounts: int) -> float:
    """Seconds until the worker has made the pages of all accounts."""
    import holdfast
    from holdfast.definitions.serialise import from_text
    from holdfast.workspace.kept_documents import KeptDocuments

    begun, published = time.perf_counter(), holdfast.open(folder).published
    published.site.definitions = from_text(published.publish.definitions.text)
    kept = KeptDocuments(published)
    while len(kept.known()) < accounts:
        time.sleep(1)
    return time.perf_counter() - begun


def asked(
    clients: Sequence[httpx.Client], people: Sequence[str], rows: Sequence[dict[str, object]], rate: float, seconds: int
) -> list[Answer]:
    """Every request at its time, whether or not earlier ones are answered."""
    own: dict[str, Iterator[object]] = {}
    every = itertools.cycle(row["account_id"] for row in rows)
    for mail in people:
        mine = [row["account_id"] for row in rows if row["owner"] == mail]
        own[mail] = itertools.cycle(mine) if mine else every
    start = time.perf_counter() + 1

    def one(number: int) -> Answer:
        who, page = number % len(clients), TURNS[number % len(TURNS)]
        due = start + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        path = f"/accounts/{next(own[people[who]])}" if page == "account" else f"/{page}"
        got = clients[who].get(path)
        passed = (time.perf_counter() - due) * 1000
        return Answer(page, passed, got.status_code, len(gzip.compress(got.content)))

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(int(rate * seconds))))


def memory_of(process: int) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def first_paints(address: str, client: httpx.Client, account: str) -> list[tuple[str, float, float]]:
    """Page, milliseconds from the start of the navigation to its first paint with nothing kept, and once more."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        return []
    found = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in (("worklist", "/worklist"), ("account", f"/accounts/{account}"), ("portfolio", "/portfolio")):
            context = browser.new_context()
            context.add_cookies([{"name": k, "value": v, "url": address} for k, v in client.cookies.items()])
            page = context.new_page()
            times = []
            for _ in range(2):
                page.goto(f"{address}{path}", wait_until="load")
                assert page.url.endswith(path), page.url
                times.append(float(page.evaluate(FIRST_PAINT)))
            found.append((name, times[0], times[1]))
            context.close()
    return found


def compared(folder: Path, client: httpx.Client, rows: Sequence[dict[str, object]]) -> int:
    """How many of a few account pages show every figure that the card of ``account --json`` shows."""
    same = 0
    for row in rows[:: max(1, len(rows) // COMPARED)][:COMPARED]:
        document = json.loads(said("account", str(row["account_id"]), "-w", str(folder), "--json"))
        whole = account_card(document)
        card = set(NUMBER.findall(bare(whole[whole.index("<main"):])))
        page = set(NUMBER.findall(bare(client.get(f"/accounts/{row['account_id']}").text)))
        same += card <= page
    return same


def bare(page: str) -> str:
    """The words of a page."""
    return re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)


def report(found: Sequence[Answer]) -> str:
    """A row a page."""
    rows = []
    for page, limit in LIMITS.items():
        mine = [one for one in found if one.page == page]
        times = sorted(one.milliseconds for one in mine)
        middle, late, last = (times[min(len(times) - 1, int(len(times) * q))] for q in (0.5, 0.95, 1))
        rows.append([
            page, str(len(mine)), f"{middle:.0f}", f"{late:.0f}", f"{last:.0f}", str(limit),
            str(sum(one.status != 200 for one in mine)), f"{max(one.weight for one in mine) / 1024:.0f}",
        ])
    return table(["page", "asked", "median ms", "p95 ms", "longest ms", "limit p95", "errors", "heaviest kB"], rows)


if __name__ == "__main__":
    sys.exit(main())
