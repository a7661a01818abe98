"""A Spark session that cannot be begun stops a run with what is missing; the pages read on without Spark."""

from __future__ import annotations

import os

import pytest
from command import command

import holdfast


@pytest.fixture
def on_spark(own_company):
    settings = own_company / "holdfast.yml"
    given = settings.read_text(encoding="utf-8")
    settings.write_text(f'{given}\nengine: {{spark: "local[1]"}}\n', encoding="utf-8")
    return own_company


def test_without_java_the_last_publish_stays_and_is_read(on_spark, monkeypatch):
    before = command("accounts", "-w", str(on_spark), "--json")
    assert before.returncode == 0, before.stderr
    monkeypatch.setenv("JAVA_HOME", str(on_spark / "nowhere"))
    refused = command("run", "-w", str(on_spark), "--history", "3w")
    assert refused.returncode == 1, refused.stderr
    assert "engine spark, local[1]: no session could be begun: Java 17 did not start" in refused.stderr
    assert command("accounts", "-w", str(on_spark), "--json").stdout == before.stdout
    assert not os.listdir(on_spark / ".holdfast" / "staging")
    assert command("doctor", "-w", str(on_spark)).returncode == 0


def test_a_workspace_on_spark_is_looked_at_without_it(on_spark):
    workspace = holdfast.open(on_spark)
    assert workspace.account("000001").document["account_id"] == "000001"
    assert workspace.site.engine.kind == "duckdb"
