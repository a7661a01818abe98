"""Reading and mapping go on in a thread of their own while the rows before are staged."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
_END = object()
_WAITING = 2


def ahead(make: Callable[[], Iterable[Item]]) -> Iterator[Item]:
    """The items of ``make()``, made up to three ahead. An error there is raised here, after the items before it.

    >>> list(ahead(lambda: (n * n for n in range(4))))
    [0, 1, 4, 9]
    """
    made: queue.Queue[object] = queue.Queue(_WAITING)
    gone = threading.Event()

    def hand_over(item: object) -> bool:
        while not gone.is_set():
            try:
                made.put(item, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        items = iter(make())
        try:
            for item in items:
                if not hand_over(item):
                    return
            hand_over(_END)
        except BaseException as error:
            hand_over(_Failed(error))
        finally:
            if close := getattr(items, "close", None):
                close()

    thread = threading.Thread(target=work, name="holdfast-ahead", daemon=True)
    thread.start()
    try:
        while (item := made.get()) is not _END:
            if isinstance(item, _Failed):
                raise item.error
            yield item  # type: ignore[misc]
    finally:
        gone.set()
        thread.join()


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error
