"""The nearest known name, for findings about unknown ones."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``; None where none is close.

    >>> nearest("wieght", ["weight", "reason"])
    'weight'
    >>> nearest("zebra", ["weight", "reason"]) is None
    True
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, processor=utils.default_process,
                               score_cutoff=60)
    return None if found is None else str(found[0])
