"""The names that a text is filled from."""

from __future__ import annotations

import re

_BRACES = re.compile(r"\{([a-z_][a-z0-9_]*)(?::(?:abs))?\}")


def names_in(text: str) -> set[str]:
    """The names in braces.

    >>> sorted(names_in("{arr} a year, {usage_change_30d:abs} down"))
    ['arr', 'usage_change_30d']
    """
    return {match[1] for match in _BRACES.finditer(text)}
