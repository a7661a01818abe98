"""One process that reads blocks of texts for this one; it ends by itself when this one is gone, however that came."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress

from .reader import Reading


class ReadingProcess:
    """A process that reads with the names of ``competitors``, one block at a time.

    It is a command of its own: no copy of this process with its threads, and no second run of a script of a user.
    """

    def __init__(self, competitors: tuple[str, ...]) -> None:
        found = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "holdfast.text.pipe"], env=os.environ | {"PYTHONPATH": found},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        self.send(competitors)

    def send(self, block: list[str] | tuple[str, ...]) -> None:
        """Have a block read; its readings are to be received before the next is sent."""
        assert self._process.stdin is not None
        try:
            pickle.dump(block, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None

    def receive(self) -> list[Reading]:
        """The readings of the block; raises what reading it raised."""
        assert self._process.stdout is not None
        try:
            answer: list[Reading] | Exception = pickle.load(self._process.stdout)  # noqa: S301  our own module
        except (EOFError, pickle.UnpicklingError):
            raise self._gone() from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass

    def _gone(self) -> RuntimeError:
        return RuntimeError(f"a process that reads texts ended with {self._process.wait()}; run again")
