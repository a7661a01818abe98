"""Programs from Debian's packages that tests start for real."""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
from pathlib import Path


def install(package: str) -> None:
    """Install a package; test processes take turns, and the list of packages is made new before."""
    with open(Path(tempfile.gettempdir()) / "holdfast-apt.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (("update", "-q"), ("install", "-y", "-q", package)):
            subprocess.run(["apt-get", *words], check=True, capture_output=True)
