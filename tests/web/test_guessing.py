"""A17: guessing passwords is slow, tells nothing, and locks nobody out of the browser that they use."""

from __future__ import annotations

import statistics
import time

import httpx

from .server import PASSWORD, Served, from_machine, log_in, post
from .test_login import newcomer


def test_a_victim_still_gets_in_from_the_own_browser(application: Served) -> None:
    mail = "victim@office.example"
    newcomer(application, mail)
    own = log_in(application.address, mail)
    post(own, "/logout/", page="/factor/")
    assert own.get("/accounts").status_code == 302
    guesser = from_machine(application.address, "127.0.3.1")
    for number in range(6):
        last = post(guesser, "/login/", login=mail, password=f"guess-number-{number}")
    assert "Too many" in last.text
    assert "Too many" in post(guesser, "/login/", login=mail, password=PASSWORD).text
    assert post(own, "/login/", login=mail, password=PASSWORD).status_code == 302
    assert own.get("/accounts").status_code == 200


def test_the_mark_of_a_browser_is_for_its_own_person_and_cannot_be_made_up(application: Served) -> None:
    newcomer(application, "marked@office.example")
    newcomer(application, "aimed@office.example")
    own = log_in(application.address, "marked@office.example")
    mark = own.cookies["holdfast-known"]
    for forged in (mark, mark[:-2] + "xx", "aimed@office.example", "WyJhIiwiYiJd:1:2"):
        guesser = from_machine(application.address, "127.0.3.2")
        guesser.cookies.set("holdfast-known", forged)
        answer = post(guesser, "/login/", login="aimed@office.example", password="y" * 12)
        assert answer.status_code == 200
    for _ in range(2):
        last = post(guesser, "/login/", login="aimed@office.example", password="y" * 12)
    assert "Too many" in last.text
    fresh = httpx.Client(base_url=application.address, timeout=60, cookies={"holdfast-known": mark})
    assert fresh.get("/accounts").status_code == 302


def test_known_and_unknown_people_are_answered_alike_and_as_slowly(application: Served) -> None:
    newcomer(application, "timed@office.example")
    took: dict[str, list[float]] = {"timed@office.example": [], "never.seen@office.example": []}
    for _ in range(4):
        for mail, times in took.items():
            client = from_machine(application.address, "127.0.3.3")
            client.get("/login/")
            started = time.perf_counter()
            answer = post(client, "/login/", login=mail, password="z" * 12)
            times.append(time.perf_counter() - started)
            assert "Too many" not in answer.text
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.4 < known / unknown < 2.5
