"""Reads one text: language, mood, mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from .cleaning import message_only
from .competitors import name_pattern
from .language import Language, language
from .mentions import Mention, mentions
from .sentiment import mood
from .word_files import digest

MOST = 20_000
"""Characters of a text that are read; what follows is not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text. ``mood`` is None and ``mentions`` empty where the language is not known."""

    language: Language
    mood: float | None
    mentions: tuple[Mention, ...]


class Reader:
    """Reads texts with the names of a company's competitors. ``version`` changes with every rule and name."""

    def __init__(self, competitors: Iterable[str] = ()) -> None:
        self.names = tuple(sorted({" ".join(n.split()) for n in competitors if n.strip()}))
        self._names = name_pattern(self.names)
        seen = sha256("\x1f".join([digest(), *self.names]).encode()).hexdigest()
        self.version = seen[:12]

    def read(self, text: str) -> Reading:
        """The reading of one text.

        >>> Reader(["Acmely"]).read("Acmely is half your price.").mentions[0].kind
        'competitor'
        >>> Reader().read("Wir warten immer noch auf eine Antwort.")
        Reading(language='unknown', mood=None, mentions=())
        """
        message = message_only(text[:MOST])
        spoken = language(message)
        if spoken != "en":
            return Reading(spoken, None, ())
        return Reading(spoken, mood(message), tuple(mentions(message, self._names)))
