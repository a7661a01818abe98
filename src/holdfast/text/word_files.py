"""The word lists and patterns, which are ordinary YAML files inside the package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def word_file(name: str) -> dict[str, Any]:
    """The content of one file, by its name without ending."""
    text = (files(__package__) / "words" / f"{name}.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


@cache
def digest() -> str:
    """Twelve digits that change whenever a rule of the package or one of its files does."""
    seen = sha256()
    folder = files(__package__)
    for part in (folder, folder / "words"):
        for path in sorted(part.iterdir(), key=lambda p: p.name):
            if path.name.endswith((".py", ".yml")):
                seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def phrase(pattern: str) -> str:
    """A pattern of the files as a regular expression: a blank is white space, ``~`` up to four words.

    >>> import re
    >>> re.search(phrase("cut ~ budget"), "they cut all of our  budget").group()
    'cut all of our  budget'
    """
    gapped = pattern.replace(" ~ ", r"\s+(?:\S+\s+){0,4}?").replace(" ?", r"\s?")
    spaced = gapped.replace(" ", r"\s+").replace("'", "['’]")
    end = r"(?!\w)" if pattern[-1].isalnum() or pattern[-1] == ")" else ""
    return f"(?:{spaced}){end}"


def any_of(parts: Iterable[str]) -> re.Pattern[str]:
    """One pattern of many, which is only tried where a word begins."""
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(parts)})", re.IGNORECASE)
