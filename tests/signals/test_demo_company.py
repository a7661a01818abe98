"""Signals on the demo company: findings agree with the tables they come from; each signal speaks and keeps silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.company import EVENING
from tests.company import holdfast as command

import holdfast
from holdfast.definitions.load import builtin
from holdfast.workspace.workspace import Workspace

NEVER = {
    "health_critical": "no account of the company falls below 30",
    "short_contract": "no contract of 25,000 a year and more runs for less than a year",
}
"""Signals for which the demo company gives no occasion, and why."""


@pytest.fixture(scope="module")
def site(small_company: Path) -> Workspace:
    return holdfast.open(small_company)


def test_every_record_is_there_so_every_signal_can_be_told(site: Workspace) -> None:
    assert site.signals()["not_computable"] == []


def test_open_findings_are_those_of_the_table_and_say_where_they_come_from(site: Workspace) -> None:
    document = site.signals()
    table = site.published.read("signals").to_pylist()
    still = {(r["account_id"], r["signal"]) for r in table if r["cleared_on"] is None}
    assert still == {(f["account_id"], f["signal"]) for f in document["findings"]}
    assert still
    metrics = {r["account_id"]: r for r in site.metrics().to_pylist()}
    day = site.published.as_of.isoformat()
    for finding in document["findings"]:
        for row in finding["rows"]:
            if row["as_of"] == day and row["name"] in metrics[finding["account_id"]]:
                assert row["value"] == metrics[finding["account_id"]][row["name"]], (finding["signal"], row["name"])


def test_a_finding_leads_to_file_line_and_batch(site: Workspace) -> None:
    finding = next(f for f in site.signals()["findings"] if f["signal"] == "contract_expiring")
    rows = site.signal_rows(finding["account_id"], "contract_expiring")
    assert rows
    assert all(row["file"] and row["line"] and row["batch_id"] for row in rows)


def test_actions_of_an_account_are_its_open_findings(site: Workspace) -> None:
    listed = {f["account_id"] for f in site.signals()["findings"]}
    for row in site.accounts():
        mine = {f["signal"] for f in site.signals(account=row["account_id"])["findings"]} \
            if row["account_id"] in sorted(listed)[:2] else None
        if mine is not None:
            covered = {name for s in mine for name in builtin().signals[s].instead_of}
            assert {a["signal"] for a in row["actions"]} == mine - covered


@pytest.mark.soak
def test_each_signal_speaks_and_keeps_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_NOW", EVENING)
    folder = tmp_path / "company"
    command("demo", str(folder), "--accounts", "400", "--months", "18", "--events", "600000")
    command("run", "-w", str(folder), "--history", "40w")
    found = holdfast.open(folder)
    rows: Any = found.published.read("signals")
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        spoke = dict(connection.execute("SELECT signal, count(DISTINCT account_id) FROM rows GROUP BY 1").fetchall())
    lacking = {row["signal"] for row in found.signals()["not_computable"]}
    for name in builtin().signals:
        if name not in lacking and name not in NEVER:
            assert 0 < spoke.get(name, 0) < 400, name

