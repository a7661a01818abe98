"""Named points at which a test may kill the process, to prove that nothing is lost when it dies there."""

from __future__ import annotations

import os
import signal
from collections import Counter

_seen: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die by SIGKILL if HOLDFAST_FAILPOINT is ``name`` or ``name:n`` and this is the n-th pass.

    With HOLDFAST_FAILPOINT_TRACE set to a file, each pass is noted there, one name a line. Without
    either variable this does nothing.
    """
    trace = os.environ.get("HOLDFAST_FAILPOINT_TRACE")
    if trace:
        with open(trace, "a", encoding="utf-8") as file:
            file.write(name + "\n")
    target = os.environ.get("HOLDFAST_FAILPOINT")
    if not target:
        return
    wanted, _, count = target.partition(":")
    if wanted != name:
        return
    _seen[name] += 1
    if _seen[name] == int(count or 1):
        os.kill(os.getpid(), signal.SIGKILL)
