"""The worklist over HTTP: whose cases, each once, what can be done to them, and that it can be taken back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import httpx
import pytest

from .conftest import OWNER
from .server import Served, company_day, post

ROW = re.compile(r'<li class="case[^"]*" data-case="([^"]+)"')
ALL = "/worklist?all=watch,later,snoozed"


@pytest.fixture(scope="module")
def listed(application: Served) -> list[dict[str, Any]]:
    """What the command line says of all cases, which knows no roles."""
    done = subprocess.run(
        [sys.executable, "-m", "holdfast", "actions", "--json", "-w", str(application.folder)],
        capture_output=True, text=True, check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def keys(client: httpx.Client, path: str = ALL) -> list[str]:
    return ROW.findall(client.get(path).text)


def mine(listed: list[dict[str, Any]]) -> list[str]:
    """Accounts of the CSM that have a case, most pressing first."""
    return [row["account_id"] for row in listed if row["account_owner"] == OWNER]


def act(client: httpx.Client, *cases: str, **values: str) -> httpx.Response:
    page = client.get(ALL).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    return client.post("/worklist/act", data={"csrfmiddlewaretoken": token.group(1), "case": list(cases), **values})


def panel(client: httpx.Client, key: str) -> str:
    return client.get(f"/worklist/panel/{key}").text


def undo(client: httpx.Client) -> httpx.Response:
    page = client.get(ALL).text
    batch = re.search(r'name="batch" value="(\w+)"', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert batch is not None
    assert token is not None
    return client.post("/worklist/undo", data={"csrfmiddlewaretoken": token.group(1), "batch": batch.group(1)})


def test_every_case_of_the_own_scope_stands_once(browsers: dict[str, httpx.Client], listed: Any) -> None:
    assert sorted(keys(browsers["csm"])) == sorted(mine(listed))
    assert sorted(keys(browsers["administrator"])) == sorted(row["account_id"] for row in listed)
    assert keys(browsers["onboarding"]) == []
    assert "Nothing is open." in browsers["onboarding"].get("/worklist").text


def test_home_is_the_worklist_of_those_who_have_one(browsers: dict[str, httpx.Client]) -> None:
    assert browsers["csm"].get("/").headers["location"] == "/worklist"
    assert browsers["executive"].get("/").headers["location"] == "/accounts"
    assert browsers["executive"].get("/worklist").status_code == 403


def test_filters_stand_in_the_address(browsers: dict[str, httpx.Client], listed: Any) -> None:
    name = next(row["name"] for row in listed if row["account_owner"] == OWNER)
    wanted = [row["account_id"] for row in listed if row["account_owner"] == OWNER and name in row["name"]]
    assert sorted(keys(browsers["csm"], f"{ALL}&q={name}")) == sorted(wanted)
    grave = [row["account_id"] for row in listed if row["case_severity"] == "critical"]
    assert sorted(keys(browsers["administrator"], f"{ALL}&severity=critical")) == sorted(grave)
    assert "No case fits these filters" in browsers["csm"].get("/worklist?q=zzzz").text


def test_the_panel_says_why_the_case_ranks_where_it_does(browsers: dict[str, httpx.Client], listed: Any) -> None:
    row = next(row for row in listed if row["account_owner"] == OWNER)
    text = panel(browsers["csm"], row["account_id"]).replace("&nbsp;", "\u00a0")
    assert row["why"] in text
    for step in row["findings"]:
        assert step["label"] in text.replace("&#x27;", "'")


def test_resolving_takes_a_case_off_and_undo_brings_it_back(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client, key = browsers["csm"], mine(listed)[0]
    answer = act(client, key, act="resolve", outcome="acted")
    assert answer.headers["location"] == "/worklist"
    assert client.get(f"/worklist/panel/{key}").status_code == 404
    assert undo(client).status_code == 302
    assert key in keys(client)
    text = panel(client, key)
    assert "Closed: acted" in text
    assert "Taken back" in text


def test_many_at_once_and_back(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client, some = browsers["csm"], mine(listed)[1:4]
    answer = act(client, *some, act="resolve", outcome="not_a_risk", back="severity=high&host=//elsewhere.example")
    assert answer.headers["location"] == "/worklist?severity=high"
    assert "3 cases resolved as not a risk" in client.get("/worklist").text
    assert not set(some) & set(keys(client))
    undo(client)
    assert set(some) <= set(keys(client))


def test_snoozing_needs_a_day_and_a_reason(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client, key = browsers["csm"], mine(listed)[4]
    until = (company_day() + timedelta(days=9)).isoformat()
    for values in ({"until": until}, {"until": "2020-01-01", "reason": "x"}, {"until": "soon", "reason": "x"}):
        act(client, key, act="snooze", **values)
        assert "Snoozed until" not in panel(client, key)
    act(client, key, act="snooze", until=until, reason="budget <b>talks</b>", worse="yes")
    assert key not in keys(client, "/worklist")
    text = panel(client, key)
    assert "Snoozed until" in text
    assert "budget &lt;b&gt;talks&lt;/b&gt;" in text
    undo(client)


def test_many_are_snoozed_at_once_and_woken_by_undo(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client, some = browsers["csm"], mine(listed)[1:4]
    until = company_day() + timedelta(days=9)
    act(client, *some, act="snooze", until=until.isoformat())
    assert "Say why it can wait." in client.get(ALL).text
    act(client, *some, act="snooze", until=until.isoformat(), reason="holidays there", worse="yes")
    assert not set(some) & set(keys(client, "/worklist"))
    for key in some:
        assert "holidays there" in panel(client, key)
    undo(client)
    assert set(some) <= set(keys(client, "/worklist?all=watch,later"))


def test_what_is_logged_stays_text(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client, key = browsers["csm"], mine(listed)[0]
    act(client, key, act="touch", kind="call", text="<script>alert(1)</script>")
    text = panel(client, key)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "Logged call" in text


def test_a_case_goes_only_to_who_may_see_its_account(
    browsers: dict[str, httpx.Client], people: Any, listed: Any
) -> None:
    client, key = browsers["csm"], mine(listed)[0]
    act(client, key, act="assign", to=people["onboarding"])
    assert "may not see every one" in client.get(ALL).text
    act(client, key, act="assign", to=people["administrator"])
    assert f"Assigned to {people['administrator']}" in panel(client, key)
    undo(client)


def test_steps_of_a_playbook_are_ticked_and_unticked(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client = browsers["administrator"]
    with_clock = (row["account_id"] for row in listed if row["clock"])
    key = next(key for key in with_clock if 'name="task"' in panel(client, key))
    task = re.search(r'name="task" value="(\d+)"', panel(client, key))
    assert task is not None
    act(client, key, act="task", task=task.group(1), done="yes")
    assert 'aria-pressed="true"' in panel(client, key)
    undo(client)
    assert 'aria-pressed="true"' not in panel(client, key)


def test_foreign_cases_are_as_if_they_were_not_there(browsers: dict[str, httpx.Client], listed: Any) -> None:
    client = browsers["csm"]
    foreign = next(row["account_id"] for row in listed if row["account_owner"] != OWNER)
    before = panel(browsers["administrator"], foreign)
    for key in (foreign, "no-such-account"):
        assert client.get(f"/worklist/panel/{key}").status_code == 404
        assert act(client, key, act="resolve", outcome="acted").status_code == 404
        assert act(client, mine(listed)[0], key, act="resolve", outcome="acted").status_code == 404
    token = re.compile(r'value="\w{64}"')
    assert token.sub("", panel(browsers["administrator"], foreign)) == token.sub("", before)
    for role in ("executive", "data"):
        assert post(browsers[role], "/worklist/act", page="/accounts", case=foreign, act="resolve").status_code == 403


def test_what_was_done_to_cases_stands_in_the_audit_log(browsers: dict[str, httpx.Client], listed: Any) -> None:
    act(browsers["csm"], mine(listed)[0], act="touch", kind="note", text="a remark")
    page = browsers["administrator"].get("/audit").text
    assert "touch" in page
    assert "a remark" not in page
