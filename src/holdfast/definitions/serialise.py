"""Definitions as one text, from which the same objects come back whatever ships by then."""

from __future__ import annotations

import json

from holdfast.errors.definitions import StoredDefinitionsChanged

from .bundle import Definitions
from .load import rebuild


def to_text(definitions: Definitions) -> str:
    """The texts of all files, the built-in ones included, and the hash over them, as JSON.

    >>> from holdfast.definitions.load import builtin
    >>> from_text(to_text(builtin())) == builtin()
    True
    """
    return json.dumps(
        {"hash": definitions.hash, "files": dict(definitions.files), "builtin": dict(definitions.shipped)},
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )


def from_text(text: str) -> Definitions:
    """The definitions that ``to_text`` stored. They were judged when they came into force, so not again."""
    stored = json.loads(text)
    definitions = rebuild(stored["files"], stored["builtin"])
    if definitions.hash != stored["hash"]:
        raise StoredDefinitionsChanged(stored=stored["hash"], found=definitions.hash)
    return definitions
