"""The published accounts that a person sees: the one place from which pages, counts and exports take them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from holdfast.actions.case_list import LANES
from holdfast.workspace.account_book import account_book

from .scope import Scope

if TYPE_CHECKING:
    from holdfast.workspace.workspace import Workspace

Row = Mapping[str, Any]
Made = TypeVar("Made")
PLACES = {lane: place for place, lane in enumerate(LANES)}


@dataclass(frozen=True)
class Book:
    """Rows as ``accounts --json`` has them, lowest score first, of one publish and one scope."""

    rows: Sequence[Row]

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """The rows by account."""
        return {row["account_id"]: row for row in self.rows}

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Owner in small letters -> where the rows of that owner stand."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            if row["owner"] is not None:
                found.setdefault(row["owner"].casefold(), []).append(place)
        return found

    @cached_property
    def ranked(self) -> Sequence[Row]:
        """The rows in the order of their cases: lanes in their order, then the rank in them, those without one last."""
        return sorted(self.rows, key=_rank)

    def last(self, of: object, make: Callable[[], Made]) -> Made:
        """``make()``, kept until somebody asks with another ``of``."""
        kept: tuple[object, Made] | None = self.__dict__.get("_last")
        if kept is None or kept[0] is not of:
            kept = self.__dict__["_last"] = (of, make())
        return kept[1]

    def account(self, account_id: str) -> Row | None:
        """The row of an account, None where there is none or it is not this person's to see."""
        return self.by_id.get(account_id)

    def of(self, scope: Scope) -> Book:
        """What ``scope`` shows of it."""
        if scope.owners is None:
            return self
        return Book([self.rows[n] for n in sorted(n for owner in scope.owners for n in self.places.get(owner, ()))])


def _rank(row: Row) -> tuple[int, int, str]:
    case = row.get("case")
    return (PLACES[case["lane"]], case["rank"], row["account_id"]) if case else (len(PLACES), 0, row["account_id"])


def book_of(workspace: Workspace, scope: Scope) -> Book | None:
    """The rows of ``scope`` in the current publish, which are read once for all; None before the first."""
    from holdfast.errors.state import NothingPublished

    try:
        published = workspace.published
    except NothingPublished:
        return None
    return published.kept("book", lambda: Book(account_book(published))).of(scope)
