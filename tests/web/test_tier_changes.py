"""Moving an account to another service tier: requested in its case, approved by the roles of the tier, kept."""

from __future__ import annotations

import re
from typing import Any

import httpx

from .server import Served, log_in, post
from .test_case_offers import key, say

__all__ = ["key"]


def card(client: httpx.Client, key: str) -> str:
    page = client.get(f"/cases/{key}").text
    return page[page.index('id="tier"'):page.index('id="h-history"')]


def ask(client: httpx.Client, key: str, tier: str, why: str = "They doubled", page: str = "") -> httpx.Response:
    return post(client, f"/cases/{key}/tier", page=page or f"/cases/{key}", tier=tier, why=why)


def offered(client: httpx.Client, key: str) -> dict[str, str]:
    return dict(re.findall(r'<option value="(\w+)">[^<]+, approved by ([^<]+)<', card(client, key)))


def waiting(client: httpx.Client, key: str) -> str:
    found = re.search(r'name="request" value="(\d+)"', card(client, key))
    assert found is not None
    return found.group(1)


def by_manager(client: httpx.Client, key: str) -> str:
    return next(tier for tier, roles in offered(client, key).items() if roles == "Manager")


def test_a_change_is_requested_approved_and_shown_while_the_records_hold(
    application: Served, browsers: Any, key: str, lead: str
) -> None:
    client = browsers["csm"]
    assert len(offered(client, key)) == 3
    tier = by_manager(client, key)
    answer = ask(client, key, tier, "They <b>doubled</b>")
    assert answer.headers["location"] == f"/cases/{key}#tier"
    shown = card(client, key)
    assert "by the records" in shown
    assert "They &lt;b&gt;doubled&lt;/b&gt;" in shown
    assert "Waits for Manager" in shown
    assert 'name="agreed"' not in shown
    assert "waits for an answer already" in ask(client, key, tier).text
    manager = log_in(application.address, lead)
    number = waiting(manager, key)
    assert say(client, key, number, "manager", "yes").status_code == 403
    assert say(manager, key, number, "manager", "yes").headers["location"] == f"/cases/{key}#tier"
    assert re.search(r"was approved .* by .*; the records still say", card(client, key))
    assert "Approved tier" in client.get(f"/accounts/{key}").text


def test_what_is_not_said_rightly_is_shown_again(browsers: Any, key: str) -> None:
    client = browsers["csm"]
    tier = by_manager(client, key)
    for values in ({"tier": "platinum"}, {"tier": tier, "why": " "}, {"tier": tier, "why": "x" * 1_001}):
        assert ask(client, key, **values).status_code == 400
    foreign = ask(client, "no-such-account", tier, page=f"/cases/{key}")
    assert foreign.status_code == 404
    assert ask(browsers["executive"], key, tier, page="/accounts").status_code == 403


def test_it_stands_in_the_history_and_in_the_audit_log(browsers: Any, key: str) -> None:
    client = browsers["csm"]
    tier = by_manager(client, key)
    ask(client, key, tier, "for the log")
    assert re.search(r"Tier change [^<]+, requested: for the log", client.get(f"/cases/{key}").text)
    page = browsers["administrator"].get("/audit").text
    assert "requested tier" in page
    assert "for the log" not in page
