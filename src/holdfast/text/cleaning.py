"""Blanks out what a text carries besides its message: quoted mail, greeting, closing, signature.

Blanks take the place of what is taken out, so that every offset stays that of the text as it was written.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"^[ \t]*>.*$|^[ \t]*(?:on .{4,80} wrote:|-{2,}\s*original message\s*-{2,})(?s:.*)\Z", re.MULTILINE | re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$.*\Z", re.MULTILINE | re.DOTALL)
_DISCLAIMER = re.compile(
    r"^[^\n]{0,80}\bthis (?:e-?)?mail (?:is|and any)[^\n]{0,80}confidential.*\Z",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_GREETING = re.compile(
    r"\A\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b(?:[ \t]+[\w.'-]+){0,3}?[ \t]*"
    r"(?:[,!]|\n|$)\s*)?"
    r"(?:(?:i |we )?(?:trust|hope)(?: that)? (?:you(?: are|'re| all are)?|this (?:mail |e-?mail |message )?"
    r"(?:finds|reaches) you|all is|your week|everything is)(?:[^.,!\n]{0,40})?(?:\bwell\b|\bgood\b|\bfine\b|\bgreat\b)"
    r"[^.!\n]{0,20}[.,!\n]\s*)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:\n|[.!?,]\s+|\A)[ \t]*(?:(?:with )?(?:kind|best|warm|many|kindest)? ?(?:regards|wishes|greetings)|best|cheers"
    r"|sincerely|yours(?: \w+)?|thanks(?: a lot| again| in advance)?|thank you(?: in advance)?"
    r"|have a (?:\w+ )?(?:day|week|weekend|evening))[,!.]?[ \t]*(?:\n|[ \t])[ \t]*"
    r"(?-i:[A-Z])[\w.'-]*(?:[ \t]+(?-i:[A-Z])[\w.'-]*){0,3}[ \t.]*\s*\Z",
    re.IGNORECASE,
)


def message_only(text: str) -> str:
    """The text with everything but its message blanked out, at its full length.

    >>> message_only("Hi Ann,\\nthe page is blank.\\nKind regards,\\nBo").strip()
    'the page is blank.'
    """
    for pattern in (_SIGNATURE, _DISCLAIMER, _QUOTED, _GREETING, _CLOSING):
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    kept = match.group()[:1] if match.group()[:1] in ".!?" else ""
    return kept + re.sub(r"[^\n]", " ", match.group()[len(kept):])
