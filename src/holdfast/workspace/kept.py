"""Things about whole days that all threads of a process share until the next publish."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 64
"""So many things are held; what nobody has asked for the longest goes first."""


@dataclass
class Kept:
    """What was made for one publish: plain values that nobody changes. Each is made once, by who asks first."""

    publish: tuple[str, int]
    _made: dict[Hashable, Any] = field(default_factory=dict)
    _locks: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def get(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """``make()`` the first time that ``name`` is asked for, the same object afterwards; others wait meanwhile."""
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            with self._guard:
                if name in self._made:
                    found: Made = self._made.pop(name)
                    self._made[name] = found
                    return found
            made = make()
            with self._guard:
                for old in list(self._made)[: max(0, len(self._made) + 1 - MOST)]:
                    del self._made[old]
                self._made[name] = made
            return made


_newest: dict[str, Kept] = {}
_guard = threading.Lock()


def kept_of(folder: str, publish: int) -> Kept:
    """What is shared about a publish of the workspace in ``folder``; what is kept of earlier ones is let go.

    >>> first = kept_of("w", 1)
    >>> first.get("n", lambda: 1), first.get("n", lambda: 2), kept_of("w", 1) is first
    (1, 1, True)
    >>> kept_of("w", 2).get("n", lambda: 2)
    2
    """
    with _guard:
        found = _newest.get(folder)
        if found is None or found.publish[1] < publish:
            found = _newest[folder] = Kept((folder, publish))
        return found if found.publish[1] == publish else Kept((folder, publish))
