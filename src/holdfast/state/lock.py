"""One run at a time in a workspace."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.errors.state import RunInProgress


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the workspace's run lock; raise RunInProgress where another process holds it.

    The lock goes with the process that held it, so a killed run leaves none behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "run.lock", "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise RunInProgress(folder=str(folder), process=file.read().strip() or "unknown") from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
