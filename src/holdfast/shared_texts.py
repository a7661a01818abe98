"""Plain values that hold each text once: names, labels and words of definitions are the same in many rows."""

from __future__ import annotations

import sys
from typing import Any


def with_shared_texts(value: Any) -> Any:
    """The value with one object for each text in it and in all others that went through here.

    >>> with_shared_texts({"band": ["".join(("at", "_risk"))]})["band"][0] is sys.intern("at_risk")
    True
    """
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, dict):
        return {sys.intern(name): with_shared_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_shared_texts(inner) for inner in value]
    return value
