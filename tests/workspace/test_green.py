"""Does green mean safe? On the small company: the list, one account's panel, and the stored course agree."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from tests.cli.call import call

import holdfast
from holdfast.definitions.load import builtin
from holdfast.errors.workspace import UnknownAccount
from holdfast.workspace.documents import GREEN
from holdfast.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def site(small_company: Path) -> Workspace:
    return holdfast.open(small_company)


def stored(site: Workspace) -> dict[tuple[str, str], str]:
    day = site.published.as_of
    rows = site.published.read("green_checks").to_pylist()
    return {(r["account_id"], r["check"]): r["state"] for r in rows if r["to_on"] == day}


def test_the_list_holds_green_accounts_that_fail_by_value_times_evidence(site: Workspace) -> None:
    document = site.green()
    assert set(document) == set(GREEN)
    green = {row["account_id"]: row for row in site.accounts() if row["color"] == "green"}
    states = stored(site)
    failing = {a for a in green if any(states.get((a, c)) == "fail" for c in builtin().green_checks)}
    assert {row["account_id"] for row in document["accounts"]} == failing
    assert failing
    whole = sum(one.weight for one in builtin().green_checks.values())
    for row in document["accounts"]:
        weight = sum(builtin().green_checks[c["check"]].weight for c in row["checks"] if c["state"] == "fail")
        assert row["evidence"] == pytest.approx(weight / whole)
        assert row["at_stake"] == pytest.approx(green[row["account_id"]]["arr"] * weight / whole)
        assert {(c["check"], c["state"]) for c in row["checks"]} == {
            (check, state) for (a, check), state in states.items() if a == row["account_id"]}
    stakes = [row["at_stake"] for row in document["accounts"]]
    assert stakes == sorted(stakes, reverse=True)


def test_every_failure_says_since_when_and_every_answer_says_why(site: Workspace) -> None:
    rows = site.published.read("green_checks").to_pylist()
    for account in site.green()["accounts"]:
        for check in account["checks"]:
            assert check["evidence"]
            assert (check["since"] is not None) == (check["state"] == "fail")
            if check["since"]:
                mine = [r for r in rows if (r["account_id"], r["check"]) == (account["account_id"], check["check"])]
                passed = max((r["to_on"] for r in mine if r["state"] == "pass"), default=None)
                fails = [r["from_on"] for r in mine if r["state"] == "fail"]
                assert check["since"] == min(d for d in fails if passed is None or d > passed).isoformat()


def test_the_account_and_its_card_show_the_same(site: Workspace, small_company: Path, tmp_path: Path) -> None:
    first = site.green()["accounts"][0]
    panel: Any = site.account(first["account_id"]).document["green_checks"]
    assert panel["checks"] == first["checks"]
    assert panel["never_recorded"] == []
    assert panel["last_green"]["as_of"] == site.published.as_of.isoformat()
    assert panel["last_green"]["failed"] == first["failed"]
    page = tmp_path / "card.html"
    done = call("account", first["account_id"], "-w", small_company, "--html", page)
    assert done.code == 0, done.err
    assert "Does green mean safe?" in done.out
    html = page.read_text(encoding="utf-8")
    assert "Does green mean safe?" in html
    for check in panel["checks"]:
        assert check["label"] in html


def test_on_another_day_the_checks_are_those_of_that_day_without_since(site: Workspace) -> None:
    first = site.green()["accounts"][0]
    earlier = site.published.days[0]
    panel: Any = site.account(first["account_id"], as_of=earlier).document["green_checks"]
    rows = site.published.read("green_checks", account_id=first["account_id"]).to_pylist()
    assert {c["check"]: c["state"] for c in panel["checks"]} == {
        r["check"]: r["state"] for r in rows if r["from_on"] <= earlier <= r["to_on"]}
    assert all(c["since"] is None for c in panel["checks"])


def test_one_account_is_shown_whatever_its_colour_and_an_unknown_one_is_named(site: Workspace) -> None:
    other = next(row for row in site.accounts() if row["color"] != "green" and row["scored"])
    (row,) = site.green(account=other["account_id"])["accounts"]
    assert row["account_id"] == other["account_id"]
    with pytest.raises(UnknownAccount):
        site.green(account="nobody")


def test_csv_has_one_row_a_failure(site: Workspace, small_company: Path) -> None:
    done = call("green", "-w", small_company, "--csv")
    assert done.code == 0, done.err
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {r["state"] for r in rows} == {"fail"}
    assert len(rows) == sum(row["failed"] for row in site.green()["accounts"])
    assert call("green", "-w", small_company, "--csv", "--json").code == 2


def test_what_nobody_recorded_is_said_once(own_company: Path) -> None:
    for name in ("value_claims", "value_questions"):
        (own_company / "sources" / f"{name}.yml").unlink()
    bare = own_company.parent / "bare"
    bare.mkdir()
    for path in own_company.iterdir():
        if path.name != ".holdfast":
            path.rename(bare / path.name)
    assert call("run", "-w", bare, "--history", "1w").code in (0, 1)
    document = holdfast.open(bare).green()
    assert {row["check"]: row["missing"] for row in document["never_recorded"]} == {
        "no_confirmed_value": ["value_claim"], "value_below_price": ["value_claim"],
        "value_question_not_asked": ["value_question"]}
    left_out = {row["check"] for row in document["never_recorded"]}
    assert not any(c["check"] in left_out for row in document["accounts"] for c in row["checks"])
    shown = call("green", "-w", bare).out
    assert shown.count("No record of value claim") == 1
