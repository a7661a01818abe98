"""A thread that opens one account and the state of the data after each publish, so that nobody waits for them."""

from __future__ import annotations

import sys
import threading

from holdfast.state import runs
from holdfast.state.database import close_state
from holdfast.workspace.prepare import prepared
from holdfast.workspace.value_records import value_records

from .desk import quality_here, workspace_here

EVERY = 1.0
"""Seconds between two looks."""
PATIENCE = 180
"""Looks for the worker to have prepared a publish; then it is opened as it is."""


class Warm:
    """Opens them for each publish, once what they rest on is prepared, until ``stop``."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="warm", daemon=True)

    def start(self) -> None:
        """Start it."""
        self._thread.start()

    def stop(self) -> None:
        """End it; what it is at is left."""
        self._over.set()

    def _keep(self) -> None:
        tried = 0
        while not self._over.wait(EVERY):
            try:
                current = runs.current()
                if current is not None and current.pk != tried:
                    tried = current.pk
                    self._open_one()
            except Exception as error:
                print(f"warm: {error!r}", file=sys.stderr, flush=True)
            finally:
                close_state()

    def _open_one(self) -> None:
        """Only a help: what fails is said once, and whoever opens an account is told the reason."""
        published = workspace_here().published
        for _ in range(PATIENCE):
            if prepared(published) or self._over.wait(EVERY):
                break
        rows = runs.rows()
        if rows and not self._over.is_set():
            workspace_here().account(rows[0]["account_id"])
            value_records(published, rows[0]["account_id"], published.as_of, personal=False)
            quality_here()
