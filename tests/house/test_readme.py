"""The commands of README.md do what it says. `make demo` and `make test` are run by whoever runs these tests."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import holdfast

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading."""
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def commands(title: str) -> list[list[str]]:
    """The words of every command that the section shows."""
    lines = re.findall(r"^    \$ \.venv/bin/(holdfast .*)$", section(title), flags=re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "holdfast", *words], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_two_commands_of_the_start_are_there():
    wanted = re.findall(r"^    make (\w+)", section("Start"), flags=re.MULTILINE)
    assert wanted == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{name}:", makefile, flags=re.MULTILINE) for name in wanted)


def test_one_flat_export():
    (words,) = commands("One flat export, no set-up")
    shown = run(words, ROOT)
    assert shown.returncode == 0, shown.stderr
    rows = json.loads(run([*words, "--json"], ROOT).stdout)
    assert all(row["account_id"] in shown.stdout for row in rows)


def test_the_same_in_python():
    lines = re.findall(r"^    >>> (.*)$", section("One flat export, no set-up"), flags=re.MULTILINE)
    names = {"frame": pd.read_csv(ROOT / "examples" / "flat.csv")}
    exec("\n".join(lines), names)
    assert names["result"].rows
    assert names["holdfast"] is holdfast


@pytest.fixture(scope="module")
def account_id(small_company):
    return holdfast.open(small_company).accounts()[0]["account_id"]


def test_a_workspace(small_company, account_id, tmp_path):
    """What init writes has no exports yet: from the run on, the small company stands in its place."""
    first, second, *others = commands("A workspace")
    assert [first[0], second[0]] == ["init", "check"]
    for words in (first, second):
        done = run(words, tmp_path)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    shutil.rmtree(tmp_path / "customers")
    shutil.copytree(small_company, tmp_path / "customers")
    for words in others:
        known = [account_id if word == "A-100" else word for word in words]
        done = run([*known, "--history", "1w"] if known[0] == "run" else known, tmp_path)
        assert done.returncode == 0, (known, done.stderr)
        assert done.stdout.strip()
    assert {words[0] for words in others} == {"run", "accounts", "account", "signals", "green", "quality"}
