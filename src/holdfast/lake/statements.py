"""Statements that run beside the caller: one after another, on one connection."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

MOST = 64
"""Statements that wait at once."""


class Statements:
    """A queue in front of a connection, so that the next query is built while the last one runs.

    What fails is raised by the next call of ``later`` or ``wait``; statements that were queued behind it do
    not run. Nobody else may use the connection before ``wait`` has returned.

    >>> import duckdb
    >>> con = duckdb.connect()
    >>> statements = Statements(con)
    >>> statements.later(lambda: con.execute("CREATE TEMP TABLE t AS SELECT 1 AS n"))
    >>> statements.wait()
    >>> con.execute("SELECT n FROM t").fetchall()
    [(1,)]
    >>> statements.close()
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._worker: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[Any]] = deque()
        self._failed = False

    def later(self, *statements: Callable[[], Any]) -> None:
        """Run these after all that came before, without waiting for them."""
        while self._waiting and (self._waiting[0].done() or len(self._waiting) >= MOST):
            self._end_of(self._waiting[0])
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="holdfast-engine")
        self._waiting.append(self._worker.submit(self._run, statements))

    def wait(self) -> None:
        """Return when all have run."""
        while self._waiting:
            self._end_of(self._waiting[0])

    def close(self) -> None:
        """Let what runs come to its end, drop the rest."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()
        self._worker = None

    def _run(self, statements: tuple[Callable[[], Any], ...]) -> None:
        if self._failed:
            return
        try:
            for statement in statements:
                statement()
        except BaseException:
            self._failed = True
            raise

    def _end_of(self, first: Future[Any]) -> None:
        try:
            first.result()
        except KeyboardInterrupt:
            self._connection.interrupt()
            raise
        except BaseException:
            self._drained()
            raise
        self._waiting.popleft()

    def _drained(self) -> None:
        """Pass over what is queued behind a failure; the queue is good again afterwards."""
        for waiting in self._waiting:
            waiting.exception()
        self._waiting.clear()
        self._failed = False
