"""A thread that makes after each publish what all pages share, so that nobody waits for it."""

from __future__ import annotations

import gc
import sys
import threading

from holdfast.state import runs
from holdfast.state.database import close_state
from holdfast.workspace.kept_documents import KeptDocuments
from holdfast.workspace.value_records import value_records

from .book import book_of
from .c_memory import given_back
from .case_book import live_cases
from .desk import Desk, let_go, workspace_here
from .portfolio_shown import portfolio_shown
from .scope import Scope
from .sparks import sparks

EVERY = 1.0
"""Seconds between two looks."""
PATIENCE = 180
"""Looks for the worker to have made the document of an account; the account opened here is one of these."""
EVERYBODY = Scope(None, personal=True, areas=frozenset())


class Warm:
    """Makes it for each publish, until ``stop``."""

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
                number = runs.current_number()
                if number is not None and number != tried:
                    tried = number
                    self._open_all()
                    let_go()
                    _spared()
            except Exception as error:
                print(f"warm: {error!r}", file=sys.stderr, flush=True)
            finally:
                close_state()

    def _open_all(self) -> None:
        """Only a help: what fails is said once, and whoever opens a page is told the reason."""
        workspace = workspace_here()
        published, book = workspace.published, book_of(workspace, EVERYBODY)
        if book is None or not book.rows:
            return
        live_cases(published)
        sparks(published)
        portfolio_shown(Desk(workspace, EVERYBODY, book))
        value_records(published, book.rows[0]["account_id"], published.as_of, personal=False)
        kept = KeptDocuments(published)
        for _ in range(PATIENCE):
            if kept.known() or self._over.wait(EVERY):
                break
        for account in sorted(kept.known())[:1]:
            workspace.account(account)


def _spared() -> None:
    """What stays until the next publish is not looked through by the garbage collector again and again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    given_back()
