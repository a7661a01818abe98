"""The published accounts that a person sees: the one place from which pages, counts and exports take them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .scope import Scope

if TYPE_CHECKING:
    from holdfast.workspace.workspace import Workspace

Row = Mapping[str, Any]
_lock = threading.Lock()
_kept: dict[int, list[Row]] = {}


@dataclass(frozen=True)
class Book:
    """Rows as ``accounts --json`` has them, lowest score first, of one publish and one scope."""

    rows: list[Row]

    def account(self, account_id: str) -> Row | None:
        """The row of an account, None where there is none or it is not this person's to see."""
        return next((row for row in self.rows if row["account_id"] == account_id), None)


def book_of(workspace: Workspace, scope: Scope) -> Book | None:
    """The rows of ``scope`` in the current publish; None before the first."""
    from holdfast.errors.state import NothingPublished

    try:
        published = workspace.published
    except NothingPublished:
        return None
    with _lock:
        if published.publish.pk not in _kept:
            rows: list[Row] = list(workspace.accounts())
            _kept.clear()
            _kept[published.publish.pk] = rows
        every = _kept[published.publish.pk]
    return Book(every if scope.owners is None else [row for row in every if scope.sees(row["owner"])])
