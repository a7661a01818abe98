"""How a process that runs for long holds memory. What only glibc can do does nothing elsewhere."""

from __future__ import annotations

import ctypes
import os

ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""
ARENAS = 2


def frugal() -> None:
    """Threads and libraries share their pools of memory: one of its own for each keeps much that nobody uses.

    To be called before pyarrow is imported, which makes its pool then; somebody's own choice of a pool stands.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _call("mallopt", ARENA_MAX, ARENAS)


def given_back() -> None:
    """Memory that is held free goes back to the system."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    function = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*values)
