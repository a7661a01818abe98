"""Used wrongly is 2, a bug of ours is 3, and the command line says which."""

from __future__ import annotations

import pytest

import holdfast
from holdfast.workspace.workspace import Workspace

from .call import call


@pytest.mark.parametrize("words", [
    ("nothing",), ("score",), ("accounts", "--colour"), ("export", "scores"), ("demo", "d", "--accounts", "few"),
    ("quarantine", "lost"),
])
def test_wrong_use(words):
    done = call(*words)
    assert done.code == 2
    assert done.out == ""
    assert "Usage: holdfast" in done.err


def test_options_before_the_last_word_are_not_lost(small_company):
    done = call("quarantine", "-w", small_company, "list")
    assert done.code == 2
    assert "Next: holdfast quarantine list" in done.err


def test_a_bug_is_called_one(small_company, monkeypatch):
    def broken(self, *_, **__):
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(Workspace, "accounts", broken)
    done = call("accounts", "-w", small_company, "--json")
    assert done.code == 3
    assert done.out == ""
    assert "bug of Holdfast" in done.err
    assert "ZeroDivisionError: a slip" in done.err
    assert "Traceback" not in done.err


def test_version():
    assert call("--version").out == f"holdfast {holdfast.__version__}\n"


def test_the_demo_says_what_it_wrote(tmp_path):
    done = call("demo", tmp_path / "d", "--accounts", "20", "--months", "3", "--events", "2000")
    assert done.code == 0
    for word in ("20 invented accounts", "3 months", "usage events", "churned", "Next: holdfast run -w"):
        assert word in done.out
    assert "DemoSummary" not in done.out
