"""A digest of the program's own sources: what another state of the code computed is computed anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import holdfast

PARTS = ("records", "text", "definitions", "lake", "segments", "metrics", "scoring", "evaluate")
"""The packages on which a value of the past rests."""


@cache
def code_digest() -> str:
    """Hex digest over the sources of the packages that compute metrics and scores.

    >>> len(code_digest())
    32
    """
    root, digest = Path(holdfast.__file__).parent, hashlib.sha256()
    for part in PARTS:
        for file in sorted((root / part).rglob("*.py")):
            digest.update(str(file.relative_to(root)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]
