"""Save offers over HTTP: who may ask, and that only the role of the guide answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import httpx
import pytest

from .conftest import OWNER
from .server import Served, post


@pytest.fixture(scope="module")
def key(application: Served) -> str:
    words = [sys.executable, "-m", "holdfast", "actions", "--json", "-w", str(application.folder)]
    listed = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    return next(row["account_id"] for row in listed if row["account_owner"] == OWNER)


def ask(client: httpx.Client, key: str, offer: str, terms: str = "Two hours a week", page: str = "") -> httpx.Response:
    return post(client, f"/cases/{key}/offer", page=page or f"/cases/{key}", offer=offer, terms=terms)


def say(client: httpx.Client, key: str, request: str, role: str, agreed: str, why: str = "") -> httpx.Response:
    return post(client, f"/cases/{key}/offer/answer", page=f"/cases/{key}", request=request, role=role, agreed=agreed,
                why=why)


def newest(client: httpx.Client, key: str) -> str:
    found = re.search(r'name="request" value="(\d+)"', client.get(f"/cases/{key}").text)
    assert found is not None
    return found.group(1)


def card(client: httpx.Client, key: str) -> str:
    page = client.get(f"/cases/{key}").text
    return page[page.index('id="offers"'):page.index('id="tier"')]


def test_the_role_of_the_guide_answers_and_nobody_else(browsers: Any, key: str) -> None:
    csm = browsers["csm"]
    assert ask(csm, key, "extended_support", "<script>alert(1)</script>").status_code == 302
    shown = card(csm, key)
    assert "Waits for CSM" in shown
    assert "<script>" not in shown
    number = newest(csm, key)
    assert say(browsers["operations"], key, number, "CSM", "yes").status_code == 403
    assert "Waits for CSM" in card(csm, key)
    assert say(csm, key, number, "CSM", "no").status_code == 400
    assert say(csm, key, number, "VP", "yes").status_code == 403
    assert say(csm, key, number, "CSM", "yes", "it fits").status_code == 302
    shown = card(csm, key)
    assert "Approved by CSM" in shown
    assert "Waits for" not in shown
    assert say(csm, key, number, "CSM", "no", "after all not").status_code == 400
    history = csm.get(f"/cases/{key}").text.split('id="h-history"')[1]
    assert "Save offer Extended support, approved by CSM: it fits" in history
    assert "Extended support" in csm.get(f"/cases/{key}/document").text


def test_an_offer_that_takes_another_role_waits_for_it(browsers: Any, key: str) -> None:
    assert ask(browsers["csm"], key, "services").status_code == 302
    shown = card(browsers["csm"], key)
    assert "Waits for Manager" in shown
    assert 'name="agreed"' not in shown


@pytest.mark.parametrize(("offer", "terms"), [("no such offer", "x"), ("pause", " "), ("pause", "x" * 1_001)])
def test_what_is_not_in_the_guide_or_has_no_terms_is_not_asked(
    browsers: Any, key: str, offer: str, terms: str
) -> None:
    before = card(browsers["csm"], key).count("requested by")
    assert ask(browsers["csm"], key, offer, terms).status_code == 400
    assert card(browsers["csm"], key).count("requested by") == before


def test_foreign_cases_take_no_offer(browsers: Any, key: str) -> None:
    assert ask(browsers["csm"], "no-such-account", "pause", page=f"/cases/{key}").status_code == 404
    assert say(browsers["csm"], key, "999999", "CSM", "yes").status_code == 404
    assert ask(browsers["executive"], key, "pause", page="/accounts").status_code == 403


def test_an_own_request_is_withdrawn_while_it_waits(browsers: Any, key: str) -> None:
    csm = browsers["csm"]
    ask(csm, key, "services", "for a month")
    number = re.search(r'withdraw".*?name="request" value="(\d+)"', card(csm, key), re.DOTALL)
    assert number is not None
    path, values = f"/cases/{key}/offer/withdraw", {"request": number.group(1)}
    post(browsers["operations"], path, page=f"/cases/{key}", **values)
    assert "withdrawn" not in card(csm, key)
    assert post(csm, path, page=f"/cases/{key}", **values).status_code == 302
    assert "withdrawn" in card(csm, key)
    assert post(csm, path, page=f"/cases/{key}", request="999999").status_code == 404
