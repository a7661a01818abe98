"""Reading and mapping go on in a thread of their own while the rows before are staged."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")
_END = object()
_WAITING = 2


class Ahead(Generic[Item]):
    """The items of ``make()``, made up to three ahead from now on. An error there is raised after the items before it.

    >>> list(Ahead(lambda: (n * n for n in range(4))))
    [0, 1, 4, 9]
    """

    def __init__(self, make: Callable[[], Iterable[Item]]) -> None:
        self._make = make
        self._made: queue.Queue[object] = queue.Queue(_WAITING)
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._work, name="holdfast-ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Ahead[Item]:
        return self

    def __next__(self) -> Item:
        if self._gone.is_set():
            raise StopIteration
        item = self._made.get()
        if item is _END or isinstance(item, _Failed):
            self.close()
            raise item.error if isinstance(item, _Failed) else StopIteration
        return item  # type: ignore[return-value]

    def close(self) -> None:
        """Make no more; the maker is closed when this returns."""
        self._gone.set()
        self._thread.join()

    def _hand_over(self, item: object) -> bool:
        while not self._gone.is_set():
            try:
                self._made.put(item, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def _work(self) -> None:
        items = iter(self._make())
        try:
            for item in items:
                if not self._hand_over(item):
                    return
            self._hand_over(_END)
        except BaseException as error:
            self._hand_over(_Failed(error))
        finally:
            if close := getattr(items, "close", None):
                close()


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error
