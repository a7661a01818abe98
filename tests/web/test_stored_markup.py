"""A11, A12 and A9: texts of customers and colleagues that look like markup are shown as text, on every page."""

from __future__ import annotations

import csv
import io
import re
import shutil
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page
from tests.company import holdfast as command
from tests.company import made_once

from .hostile import PAYLOADS, make_hostile
from .server import PASSWORD, TOKEN, Served, company_day, join, log_in, served

BOSS = "boss@office.example"
WATCH = """
window.hits = [];
window.hit = () => window.hits.push('ran');
for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => window.hits.push(name);
document.addEventListener('securitypolicyviolation', (e) => window.hits.push(e.violatedDirective + ' ' + e.blockedURI));
"""
FOREIGN = """
(() => {
  const found = [];
  for (const one of document.querySelectorAll('*')) {
    const tag = one.tagName.toLowerCase();
    const strange = ['iframe', 'object', 'embed', 'base', 'template', 'video', 'math', 'noscript', 'x', 'style'];
    if (strange.includes(tag)) found.push(tag);
    if (tag === 'script' && !one.getAttribute('src').startsWith('/static/')) found.push('script');
    for (const at of one.attributes) {
      if (/^(on|hx-)/.test(at.name)) found.push(tag + ' ' + at.name);
      if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data-to'].includes(at.name)
          && /^(javascript|data|vbscript|\\/\\/|https?:\\/\\/(?!127\\.0\\.0\\.1))/i.test(at.value.replace(/\\s/g, '')))
        found.push(tag + ' ' + at.name + '=' + at.value.slice(0, 60));
    }
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def hostile(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The company of payloads, run and served."""
    def make(folder: Path) -> None:
        make_hostile(small_company, folder)
        command("run", "-w", str(folder), "--history", "2w")

    folder = made_once(tmp_path_factory, "hostile-company", make)
    own = tmp_path_factory.mktemp("hostile")
    with served(Path(shutil.copytree(folder, own / "company")), own / "log") as found:
        yield found


@pytest.fixture(scope="module")
def boss(hostile: Served) -> httpx.Client:
    """The administrator of that company, who has written payloads wherever one can write."""
    assert join(httpx.Client(timeout=60), hostile.link, BOSS).status_code == 302
    client = log_in(hostile.address, BOSS, timeout=300)
    left, day = iter(PAYLOADS * 3), company_day().isoformat()
    token = TOKEN.search(client.get("/accounts").text)
    assert token is not None

    def send(path: str, **values: str) -> None:
        sent = client.post(path, data={"csrfmiddlewaretoken": token.group(1), **values})
        assert sent.status_code == 302, (path, sent.text)

    for account in accounts(client):
        page, case = f"/accounts/{account}", f"/cases/{account}"
        for _ in range(3):
            send(f"{page}/notes", text=next(left), day="2026-06-29", back=next(left))
        send(f"{page}/value", act="propose", what=next(left), amount="5", currency="EUR", period="year",
             said_by=next(left))
        send(f"{page}/value/asked", on=day, of=next(left), answer="more", evidence=next(left))
        written = client.get(case)
        if written.status_code == 200:
            words = {name: next(left) for name in ("root_cause", "success_criterion", "impact", "lessons")}
            send(f"{case}/words", outcome="in_progress", version="0", **words)
            offer = re.search(r'<option value="([^"]+)">[^<]*approved by', written.text)
            assert offer is not None
            send(f"{case}/offer", offer=offer.group(1), terms=next(left))
            for act in ({"act": "touch", "kind": "note", "text": next(left)}, {"act": "pause", "reason": next(left)}):
                send("/worklist/act", case=account, **act)
    send("/views", page="accounts", name="<svg/onload=hit()>", query="q=" + next(left), shared="all")
    return client


def accounts(client: httpx.Client) -> list[str]:
    found = csv.DictReader(io.StringIO(client.get("/accounts.csv").text))
    return [row["account_id"].removeprefix("'") for row in found]


@pytest.fixture
def watched(chromium: Browser, hostile: Served, boss: httpx.Client) -> Iterator[tuple[Page, list[str]]]:
    """A page that notes whatever ran, was blocked, popped up or was asked of another host."""
    page = chromium.new_page(viewport={"width": 1440, "height": 1000}, base_url=hostile.address)
    page.set_default_timeout(300_000)
    said: list[str] = []
    page.add_init_script(WATCH)
    page.on("dialog", lambda box: (said.append(f"dialog {box.message}"), box.dismiss()))
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((hostile.address, "data:image/")) else
            said.append(f"asked {asked.url}"))
    page.goto("/login/")
    page.fill("[name=login]", BOSS)
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/worklist")
    yield page, said
    page.close()


def test_there_are_two_hundred_and_each_is_another() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 200


def test_no_payload_runs_on_any_page(watched: tuple[Page, list[str]], boss: httpx.Client) -> None:
    page, said = watched
    own = accounts(boss)
    paths = ["/worklist?all=watch,later,snoozed", "/accounts", "/portfolio", "/scorecards", "/scorecards/health",
             "/signals", "/data", "/data/quarantine/of/csm_emails", "/people", "/audit",
             *(f"/accounts/{one}" for one in own)]
    for one in own:
        if boss.get(f"/cases/{one}").status_code == 200:
            paths += [f"/cases/{one}", f"/cases/{one}/document", f"/worklist?all=watch,later,snoozed&case={one}"]
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("window.hits") == [], path
        assert page.evaluate(FOREIGN) == [], path
        assert not said, path
    page.goto("/accounts")
    page.keyboard.press("Control+k")
    page.keyboard.type("hit")
    page.wait_for_selector("#palette-list a")
    assert page.evaluate("window.hits") == []
    assert page.evaluate(FOREIGN) == []
    time.sleep(0.5)
    assert not said


def test_payloads_stand_there_as_they_were_written(boss: httpx.Client, hostile: Served) -> None:
    """They are shown, not swallowed: a text that vanished would prove nothing."""
    texts = [unescape(boss.get(f"/accounts/{one}").text) for one in accounts(boss)]
    everything = "\n".join([*texts, unescape(boss.get("/accounts").text)])
    shown = [one for one in PAYLOADS if one in everything]
    assert len(shown) >= 190


def test_no_formula_is_in_the_exports(boss: httpx.Client) -> None:
    for row in csv.reader(io.StringIO(boss.get("/accounts.csv").text)):
        for cell in row:
            assert not re.match(r"\s*[=+@＝＋－＠]", cell)
            assert not cell.startswith("-") or re.fullmatch(r"-[\d.eE+-]+", cell)
