"""What the first reader of a publish would wait for, computed and kept ahead."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from typing import Any

from holdfast.state import runs

from .account import documents
from .day_inputs import day_inputs
from .kept_documents import KeptDocuments
from .lineage import keep_lineage
from .published import Published
from .since import start_day

AT_ONCE = 50
"""Accounts whose documents are made together."""
DAYS_KEPT = 7
"""Days after which what was kept about a day is removed; it is computed again when somebody asks."""


def prepare(published: Published) -> None:
    """Keep what account pages need of all accounts: the day, and the day from which changes are told, as believed
    then and as now known; and the rows behind every value of the day. What is there already stays."""
    after = day_inputs(published, published.as_of, "known")
    start = start_day(None, published.as_of)
    for clock in ("known", "believed"):
        with published.site.engine.scratch():
            day_inputs(published, start, clock)
    keep_lineage(published, after)
    _forget_old(published)


def prepare_documents(published: Published, at_once: int = AT_ONCE) -> bool:
    """Keep the documents of the next accounts, those with cases first; False where those of all are kept."""
    kept = KeptDocuments(published)
    there = kept.known()
    waiting = [account for account in _by_urgency(published) if account not in there][:at_once]
    if waiting:
        with published.site.engine.scratch():
            kept.put(documents(published, waiting))
    return bool(waiting)


def _by_urgency(published: Published) -> list[str]:
    """All published accounts: cases in the order of their priority, then the others, lowest score first."""
    def order(row: Mapping[str, Any]) -> tuple[float, bool, float, str]:
        priority = (row.get("case") or {}).get("priority") or 0.0
        return -priority, row["score"] is None, row["score"] or 0.0, row["account_id"]

    return [row["account_id"] for row in sorted(runs.rows(published.publish), key=order)]


def _forget_old(published: Published) -> None:
    cache = published.site.data / "cache"
    for folder in cache.iterdir() if cache.is_dir() else ():
        if folder.stat().st_mtime < time.time() - DAYS_KEPT * 86_400:
            shutil.rmtree(folder, ignore_errors=True)
