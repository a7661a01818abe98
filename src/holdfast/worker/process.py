"""Keeping one worker process beside the web process."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

WAIT = 2.0
"""Seconds before a worker that died is started again."""


class WorkerProcess:
    """A worker of the workspace in ``folder``, started again when it dies, until ``stop``.

    It ends by itself when the process that started it is gone, however that came.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Start it."""
        self._thread.start()

    def stop(self, timeout: float = 20.0) -> None:
        """End it: what it is doing is done under a lease, and is taken over."""
        self._over.set()
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()

    def _keep(self) -> None:
        while not self._over.is_set():
            command = [sys.executable, "-m", "holdfast.worker", str(self.folder)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603  our own module
            self._process.wait()
            self._over.wait(WAIT)
