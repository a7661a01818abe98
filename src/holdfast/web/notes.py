"""The notes about an account as its page shows them: the panel, the marks on its chart, those between two days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.reports.words import clean, day_short, plural
from holdfast.state.note import LONGEST, Note, NoteRevision

from .case_words import moment_words
from .desk import Desk
from .staff import staff_name

SHOWN = 8
"""Notes that stand open in the panel; the others are folded."""
MARK = 26
"""Characters of a note beside its mark on the chart."""
LINE = 160
"""Characters of a note in the list between two days."""
WITHHELD = "The text is not shown to your role: it may name people."


def note_marks(notes: Sequence[Note], here: Desk) -> list[dict[str, str]]:
    """The notes as marks of the score history: day and the first words; with key and a line for what lies between."""
    return [
        {"day": note.last.day.isoformat(), "words": clipped(note.last.text, MARK) if here.scope.personal else "note",
         "key": note.last.note, "line": f"{_line(note, here)} ({staff_name(note.last.author.email, here)})"}
        for note in notes
    ]


def note_panel(notes: Sequence[Note], here: Desk, day: str) -> dict[str, Any]:
    """What the page shows of the notes. ``day`` is the day of the page, offered for a new note."""
    zone = ZoneInfo(here.workspace.site.definitions.settings.time_zone)
    today = now().astimezone(zone).date().isoformat()
    listed = [_shown(note, here, zone) for note in notes]
    return {
        "notes": listed[:SHOWN], "notes_below": listed[SHOWN:], "notes_head": plural(len(notes), "note"),
        "note_day": min(day, today), "note_last_day": today, "note_longest": LONGEST,
        "may_write": "cases" in here.scope.areas,
    }


def clipped(text: str, most: int) -> str:
    """The first words of a text on one line.

    >>> clipped("They asked for a\\nlower price", 16)
    'They asked for…'
    """
    line = " ".join(str(clean(text)).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _shown(note: Note, here: Desk, zone: ZoneInfo) -> dict[str, Any]:
    last, edits = note.last, len(note.earlier)
    edited = "" if not edits else "edited once" if edits == 1 else f"edited {edits} times"
    return _version(last, here, zone) | {
        "key": last.note, "number": last.number, "edited": edited,
        "earlier": [_version(one, here, zone) for one in note.earlier],
    }


def _line(note: Note, here: Desk) -> str:
    return clipped(note.last.text, LINE) if here.scope.personal else WITHHELD


def _version(one: NoteRevision, here: Desk, zone: ZoneInfo) -> dict[str, Any]:
    moment, written = now(), one.at.astimezone(zone).date()
    return {
        "text": clean(one.text) if here.scope.personal else "", "withheld": "" if here.scope.personal else WITHHELD,
        "author": staff_name(one.author.email, here), "when": moment_words(one.at, zone, moment),
        "day": one.day.isoformat(), "day_words": day_short(one.day, moment.astimezone(zone).date()),
        "about": "" if one.day == written else f"about {day_short(one.day, moment.astimezone(zone).date())}",
    }
