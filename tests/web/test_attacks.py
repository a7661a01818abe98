"""Attacks on the served application that are of no other theme: hosts, headers, spreadsheets, queries, paths."""

from __future__ import annotations

import csv
import io
import re
import socket
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from holdfast.cells import harmless
from holdfast.web.routes import EXPORTS, ROUTES

from .server import Served, from_machine, log_in, post
from .test_login import newcomer
from .test_rights import every_account

QUERIES = ("' OR '1'='1", "'; DROP TABLE state_user; --", "\" UNION SELECT email, password FROM state_user --",
           "1) OR 1=1 --", "%' ESCAPE '", "\\", "score desc, (select 1)", "__class__", "owner__user__password", "\x00",
           "{{ 7*7 }}", "%s%n")
PATHS = ("../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/state.sqlite3", "....//state.sqlite3",
         "%00", "/etc/passwd", "C:\\windows\\win.ini", "a/../../web.key")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b"])
def test_another_host_name_is_refused_and_stands_on_no_page(application: Served, host: str) -> None:
    for headers in ({"Host": host}, {"Host": host, "X-Forwarded-Proto": "https"}):
        answer = httpx.get(f"{application.address}/login/", headers=headers)
        assert answer.status_code == 400
        assert "evil.example" not in answer.text


def test_a_forwarded_host_or_address_is_not_believed(application: Served, browsers: Any) -> None:
    client = browsers["administrator"]
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    page = client.get("/people")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    made = client.post("/people/invite", headers=said, data={
        "csrfmiddlewaretoken": token.group(1), "email": "hosted@office.example", "role": "csm"})
    assert application.address in made.text
    assert "evil.example" not in made.text
    assert "203.0.113.9" not in client.get("/audit").text


def test_guesses_from_one_address_are_counted_whatever_it_says_of_itself(application: Served) -> None:
    client = from_machine(application.address, "127.0.3.4")
    for number in range(7):
        client.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        last = post(client, "/login/", login="spoofed@office.example", password="y" * 12)
    assert "Too many" in last.text


def raw(application: Served, sent: bytes) -> bytes:
    parts = urlsplit(application.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as line:
        line.settimeout(20)
        found = b""
        try:
            line.sendall(sent)
            while block := line.recv(65_536):
                found += block
                if len(found) > 200_000:
                    break
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return found


@pytest.mark.parametrize("headers", [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Content-Length: +5\r\n", b"Transfer-Encoding: chunked, identity\r\n", b"Bad Header : x\r\n",
])
def test_a_request_of_two_lengths_is_not_taken_for_two(application: Served, headers: bytes) -> None:
    hidden = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    answer = raw(application, head + headers + b"\r\n" + hidden)
    assert b"HTTP/1.1 200" not in answer
    assert re.match(rb"HTTP/1\.[01] (4|5)\d\d", answer)


def test_huge_headers_and_bodies_are_cut_off(application: Served, browsers: Any) -> None:
    head = b"GET /login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: "
    answer = raw(application, head + b"a" * 20_000 + b"\r\n\r\n")
    assert answer == b"" or b" 431 " in answer[:40]
    large = browsers["administrator"].post("/theme", data={"theme": "a" * 3_000_000})
    assert large.status_code in (400, 403, 413)
    many = browsers["administrator"].post("/theme", content=b"&".join(b"a=1" for _ in range(5_000)),
                                          headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert many.status_code in (400, 403)


def test_many_who_never_end_their_request_stop_nobody(application: Served) -> None:
    parts = urlsplit(application.address)
    with ExitStack() as slow:
        for _ in range(250):
            one = slow.enter_context(socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=30))
            one.sendall(b"GET /login/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: a")
        assert httpx.get(f"{application.address}/login/", timeout=30).status_code == 200


def test_private_pages_are_stored_nowhere(browsers: Any) -> None:
    for route in ROUTES:
        if "<" not in route.path:
            headers = browsers["administrator"].get(f"/{route.path}").headers
            assert headers["cache-control"] == "no-store", route.path


@pytest.mark.parametrize("text", QUERIES)
def test_no_text_of_an_address_becomes_part_of_a_query(browsers: Any, text: str) -> None:
    client = browsers["csm"]
    whole = shown(client)
    for name in ("q", "owner", "segment", "band", "value_tier"):
        assert not shown(client, **{name: text}), name
    for path, names in (
        ("/accounts", ("sort", "page", "q")), ("/worklist", ("q", "owner", "severity", "all", "case")),
        ("/jump", ("q",)), ("/data/quarantine.csv", ("source",)),
    ):
        for name in names:
            answer = browsers["operations"].get(path, params={name: text})
            assert answer.status_code == 200, (path, name)
            assert "Traceback" not in answer.text
    assert whole
    assert sorted(shown(client, sort=text)) == sorted(whole)


def shown(client: httpx.Client, **asked: str) -> list[str]:
    """The accounts of the first page of the table."""
    return re.findall(r'<th scope="row"[^>]*><a href="(/accounts/[^"]+)"', client.get("/accounts", params=asked).text)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_workspace(application: Served, browsers: Any, path: str) -> None:
    account = every_account(application.folder)[0]["account_id"]
    for before in ("/static/", "/data/quarantine/of/", "/scorecards/", "/accounts/", f"/accounts/{account}/rows/",
                   "/cases/", "/cases/x/", "/worklist/panel/", "/welcome/"):
        answer = browsers["administrator"].get(f"{before}{path}")
        assert answer.status_code in (200, 301, 302, 400, 404, 410), before
        for secret in ("root:", "SQLite format", "[fonts]"):
            assert secret not in answer.text
        if answer.status_code == 200:
            assert before == "/data/quarantine/of/"


def test_a_file_s_own_name_is_only_words(browsers: Any) -> None:
    client = browsers["operations"]
    page = client.get("/data/quarantine/of/billing")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    for name in ("../../etc/passwd", "<img src=x onerror=alert(1)>.csv", "a" * 500, "/absolute.csv", "..\\..\\x.csv"):
        values = {"csrfmiddlewaretoken": token.group(1), "source": "billing"}
        answer = client.post("/data/quarantine/replay", data=values,
                             files={"file": (name, b"x,y\n1,2\n", "text/csv")}, follow_redirects=True)
        assert answer.status_code == 200
        assert "Nothing was changed" in answer.text
        assert "<img src=x" not in answer.text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u200b="])
def test_no_cell_is_a_formula_and_its_words_come_back(start: str) -> None:
    text = f"{start}HYPERLINK(\"http://evil.example\";\"x\")"
    out = io.StringIO(newline="")
    csv.writer(out).writerow([harmless(text), harmless(-3.5)])
    cell, figure = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert cell.startswith("'")
    assert cell.removeprefix("'") == text
    assert figure == "-3.5"


def test_exports_are_for_a_person_s_hand_and_not_for_a_thousand(application: Served) -> None:
    assert {route.name for route in ROUTES if ".csv" in route.path} == EXPORTS
    newcomer(application, "greedy@office.example")
    client = log_in(application.address, "greedy@office.example")
    answers = [client.get("/accounts.csv") for _ in range(40)]
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert all(answer.status_code == 200 for answer in answers[:30])
    assert 1 <= int(late[0].headers["retry-after"]) <= 60
    assert client.get("/accounts").status_code == 200
    assert log_in(application.address, "greedy@office.example").get("/accounts.csv").status_code == 429


def test_forms_come_at_a_person_s_pace(application: Served) -> None:
    newcomer(application, "fast@office.example")
    client = log_in(application.address, "fast@office.example")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/accounts").text)
    assert token is not None
    for _ in range(300):
        answer = client.post("/theme", data={"csrfmiddlewaretoken": token.group(1), "theme": "dark"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "nothing was changed" in answer.text
