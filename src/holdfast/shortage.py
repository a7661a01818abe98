"""A full disk or a reached memory limit as an error that says what to do; what was committed stays."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.errors.ingest import DiskFull, MemoryReached
from holdfast.errors.roots import UserError

_UNSAID = "disk i/o error"
"""What SQLite says where not even its index of the log finds room; it may mean other things too."""
LITTLE = 1_000_000
"""Bytes below which a volume is full."""
_FULL = ("no space left on device", "os error 28", "errno 28", "database or disk is full")


@contextmanager
def shortage_named(folder: Path, memory: str = "") -> Iterator[None]:
    """Raise DiskFull or MemoryReached in place of what the file system, the engine or the table says of it."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        free = shutil.disk_usage(folder).free
        if is_disk_full(error) or (free < LITTLE and _UNSAID in str(error).lower()):
            raise DiskFull(folder=str(folder), free=f"{free / 1e6:,.1f}") from error
        if is_memory_reached(error):
            raise MemoryReached(folder=str(folder), memory=memory) from error
        raise


def is_disk_full(error: BaseException | None) -> bool:
    """Whether the error, or one that it came of, says that a volume has no space left.

    >>> is_disk_full(OSError(errno.ENOSPC, "x")), is_disk_full(OSError(errno.ENOENT, "x"))
    (True, False)
    """
    while error is not None:
        if getattr(error, "errno", None) == errno.ENOSPC or any(sign in str(error).lower() for sign in _FULL):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_memory_reached(error: BaseException) -> bool:
    """Whether the engine could not go on within its memory limit."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException"
