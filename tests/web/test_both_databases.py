"""The application with its state in PostgreSQL passes the suite that it passes with SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import IN_POSTGRESQL

HERE = Path(__file__).parent


@pytest.mark.soak
def test_the_application_in_postgresql_passes_the_same_suite() -> None:
    words = ["-q", "-m", "not soak", "-p", "no:cacheprovider", str(HERE)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], env={**os.environ, IN_POSTGRESQL: "1"}, cwd=HERE.parents[1],
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout[-5_000:]
