"""Commands in a process of their own, on the evening that the small company was run."""

from __future__ import annotations

import os
import subprocess
import sys

EVENING = "2026-06-30T21:00:00+00:00"


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """Run ``holdfast words...``; what it printed and how it ended."""
    return subprocess.run(
        [sys.executable, "-m", "holdfast", *words], capture_output=True, text=True, check=False,
        env={**os.environ, "HOLDFAST_NOW": EVENING, "COLUMNS": "300"},
    )
