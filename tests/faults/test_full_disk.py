"""A full disk stops a run with a clear error; the last publish stays; freed space is enough to go on.

A new process can read it as long as there is room for the index that SQLite keeps beside an open database.
"""

from __future__ import annotations

import shutil

import pytest
from command import command


@pytest.fixture
def crowded(small_company, small_volume):
    """The company on a small volume, and the file that is to take the room that is left."""
    return shutil.copytree(small_company, small_volume / "company"), small_volume / "filler"


@pytest.mark.soak
@pytest.mark.parametrize("room", [0.7, 0])
def test_a_run_on_a_full_disk_leaves_the_last_publish(crowded, tmp_path, room):
    """``room`` is left for that part of the largest file that a run writes."""
    company, filler = crowded
    left = int(room * max(f.stat().st_size for f in company.glob(".holdfast/lake/history_*/*.parquet")))
    before = command("accounts", "-w", str(company), "--json").stdout
    command("export", "metrics", "-w", str(company), "-o", str(tmp_path / "before.csv"), "--history")
    filler.write_bytes(b"x" * (shutil.disk_usage(company).free - left))
    refused = command("run", "-w", str(company), "--history", "3w", "--full")
    assert refused.returncode == 1, refused.stderr
    assert "the disk is full" in refused.stderr
    assert "holdfast run" in refused.stderr
    if left:
        assert command("accounts", "-w", str(company), "--json").stdout == before
    filler.unlink()
    again = command("run", "-w", str(company), "--history", "3w", "--full")
    assert again.returncode == 0, again.stderr
    assert command("doctor", "-w", str(company)).returncode == 0
    command("export", "metrics", "-w", str(company), "-o", str(tmp_path / "after.csv"), "--history")
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
