"""Many events on a cluster whose driver has 1 GB: the embedded engine's numbers, made by both workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EVENTS = int(os.environ.get("HOLDFAST_SOAK_EVENTS", "50000000"))
BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "spark.py"


@pytest.mark.soak
@pytest.mark.spark
def test_events_do_not_reach_the_driver() -> None:
    words = [sys.executable, str(BENCHMARK), "--events", str(EVENTS), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["difference"] <= 1e-9
    assert found["cells"] > 10_000_000
    assert found["heap"]["driver"] < 1024
    assert len(found["tasks"]) == 2
    assert min(found["tasks"].values()) > 100, found["tasks"]
