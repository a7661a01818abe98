"""Documents whose every text is an attack."""

from __future__ import annotations

from typing import Any

HOSTILE = "<script>alert('x')</script>\"'><img src=//evil.example/x onerror=alert(1)>\u202eexe.fdp\x1b[31m"
SAFE = {
    "as_of",
    "from",
    "to",
    "day",
    "week",
    "renews_on",
    "notice_by",
    "band",
    "color",
    "currency",
    "run",
    "clock",
    "held_since",
    "expires_on",
    "due_on",
    "cause",
    "unit",
    "window",
    "band_before",
    "loaded_at",
    "last_batch_at",
    "newest_row",
    "state",
    "month",
    "before",
}


def poisoned(document: Any) -> Any:
    """The document with every text made an attack, apart from days, bands and the like."""
    if isinstance(document, dict):
        return {k: document[k] if k in SAFE else poisoned(document[k]) for k in document}
    if isinstance(document, list):
        return [poisoned(entry) for entry in document]
    return HOSTILE if isinstance(document, str) else document
