"""What one request works with: the workspace as this thread opened it, and what the person may see."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.serialise import from_text
from holdfast.state import runs
from holdfast.state.models import Publish
from holdfast.workspace.quality import Remembered

from .book import Book, book_of
from .person import person
from .scope import Scope, scope

if TYPE_CHECKING:
    from holdfast.workspace.workspace import Workspace

_mine = threading.local()
_quality = Remembered()


@dataclass(frozen=True)
class Desk:
    """``book`` has the accounts of ``scope`` in the one publish that the request sees; None before the first."""

    workspace: Workspace
    scope: Scope
    book: Book | None

    @property
    def publish(self) -> Publish | None:
        """What the pages of the request show."""
        return None if self.book is None else self.workspace.published.publish


def desk(request: HttpRequest) -> Desk:
    """The desk of a signed-in person, made once a request."""
    found: Desk | None = getattr(request, "_desk", None)
    if found is None:
        workspace = workspace_here()
        mine = scope(person(request), workspace.site.definitions.people)
        found = Desk(workspace, mine, book_of(workspace, mine))
        request._desk = found  # type: ignore[attr-defined]
    return found


@lru_cache(maxsize=2)
def _definitions(text: str) -> Definitions:
    """For all threads: nobody changes definitions, and reading them takes a second."""
    return from_text(text)


def workspace_here() -> Workspace:
    """This thread's own view of the workspace: engines are not shared by threads.

    The definitions are those of the publish, not those that somebody is editing in the folder.
    """
    from holdfast.workspace.workspace import Workspace

    number = runs.current_number()
    kept = getattr(_mine, "kept", None)
    if kept is None or kept[0] != number:
        let_go()
        workspace, publish = Workspace(Path(str(settings.STATIC_ROOT)).parents[1]), runs.current()
        if publish is not None:
            workspace.site.definitions = _definitions(publish.definitions.text)
        kept = (publish and publish.pk, workspace)
        _mine.kept = kept
    found: Workspace = kept[1]
    return found


def let_go() -> None:
    """Close what this thread opened to read; the next look opens it anew."""
    kept = _mine.__dict__.pop("kept", None)
    if kept is not None and kept[0] is not None:
        kept[1].published.close()


def quality_here() -> dict[str, Any]:
    """The state of the data as the lake stands now, made once for all threads."""
    return _quality.document(workspace_here().site)
