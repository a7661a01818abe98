"""A flipped byte in a stored file is found and named, gives no number, and goes away with the next run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import command

import holdfast
from holdfast.lake import Lake


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)


def exported(company: Path, out: Path) -> bytes:
    holdfast.open(company).export("components", out, history=True)
    return out.read_bytes()


def test_a_damaged_byte_in_what_is_published_is_named_and_gives_no_number(own_company, tmp_path):
    damaged = Lake(own_company / ".holdfast" / "lake").table("history_scores").paths()[0]
    flip(damaged)
    card, out = str(next((own_company / "scorecards").glob("*.yml"))), tmp_path / "scores.csv"
    for words in (("try", card, "--json"), ("export", "scores", "--history", "-o", str(out))):
        answer = command(*words, "-w", str(own_company))
        assert answer.returncode == 1, words
        assert damaged.name in answer.stderr, words
        assert answer.stdout == "", words
    assert not out.exists()
    found = command("doctor", "-w", str(own_company), "--json")
    assert found.returncode == 1
    assert damaged.name in found.stdout


@pytest.mark.soak
@pytest.mark.parametrize("table", ["history_components", "history_metrics"])
def test_a_damaged_history_is_named_and_made_anew(own_company, tmp_path, table):
    before = exported(own_company, tmp_path / "before.csv")
    shutil.rmtree(own_company / ".holdfast" / "cache")  # the documents made before the damage are right, and are shown
    damaged = Lake(own_company / ".holdfast" / "lake").table(table).paths()[0]
    flip(damaged)
    answer = command("account", "000001", "-w", str(own_company), "--json")
    assert answer.returncode == 1
    assert damaged.name in answer.stderr
    assert answer.stdout == ""
    found = command("doctor", "-w", str(own_company), "--json")
    assert found.returncode == 1
    assert damaged.name in found.stdout
    again = command("run", "-w", str(own_company), "--history", "3w")
    assert again.returncode == 0, again.stderr
    assert command("doctor", "-w", str(own_company), "--json").returncode == 0
    assert exported(own_company, tmp_path / "after.csv") == before


@pytest.mark.soak
def test_a_damaged_record_stops_the_run_and_the_last_publish_stays(own_company, tmp_path):
    before = exported(own_company, tmp_path / "before.csv")
    damaged = Lake(own_company / ".holdfast" / "lake").table("ticket").paths()[0]
    flip(damaged)
    refused = command("run", "-w", str(own_company), "--history", "3w", "--full")
    assert refused.returncode == 1
    assert damaged.name in refused.stderr
    assert exported(own_company, tmp_path / "after.csv") == before
