"""What all requests share until the next publish: made by the first that asks, for every thread of the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from holdfast.workspace.published import Published

Made = TypeVar("Made")
MOST = 64
"""So many things are held; the oldest goes first."""
_guard = threading.Lock()
_made: dict[tuple[int, Hashable], Any] = {}
_locks: dict[tuple[int, Hashable], threading.Lock] = {}


def once(published: Published, name: Hashable, make: Callable[[], Made]) -> Made:
    """``make()`` the first time it is asked for in this publish; the same object afterwards, not to be changed."""
    key = (published.publish.pk, name)
    with _guard:
        lock = _locks.setdefault(key, threading.Lock())
    with lock:
        if key not in _made:
            made = make()
            with _guard:
                _keep(key, made)
            return made
        found: Made = _made[key]
        return found


def _keep(key: tuple[int, Hashable], made: Any) -> None:
    """Hold it, and let go of what belongs to earlier publishes or is the oldest."""
    for old in [k for k in _made if k[0] < key[0]] or list(_made)[: max(0, len(_made) + 1 - MOST)]:
        del _made[old]
    for old in [k for k in _locks if k[0] < key[0]]:
        del _locks[old]
    _made[key] = made
