"""A memory limit that is too small: the run spills and ends alike, or says what to do and changes nothing."""

from __future__ import annotations

import pytest
from command import command


@pytest.mark.soak
@pytest.mark.parametrize("limit", ["30MB", "60MB", "120MB", "250MB"])
def test_a_run_under_a_memory_limit_ends_whole_or_not_at_all(own_company, tmp_path, limit):
    words = ("export", "metrics", "-w", str(own_company), "--history", "-o")
    before = command("accounts", "-w", str(own_company), "--json").stdout
    command(*words, str(tmp_path / "before.csv"))
    settings = own_company / "holdfast.yml"
    given = settings.read_text(encoding="utf-8")
    settings.write_text(f"{given}\nengine:\n  memory: {limit}\n", encoding="utf-8")
    tried = command("run", "-w", str(own_company), "--history", "3w", "--full")
    if tried.returncode:
        assert tried.returncode == 1, tried.stderr
        assert f"the work does not fit into the memory limit of {limit}" in tried.stderr
        assert "raise memory:" in tried.stderr
        settings.write_text(given, encoding="utf-8")
        assert command("accounts", "-w", str(own_company), "--json").stdout == before
        assert command("run", "-w", str(own_company), "--history", "3w", "--full").returncode == 0
    command(*words, str(tmp_path / "after.csv"))
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
