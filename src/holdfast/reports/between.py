"""What happened between the two days of a change: model versions, days without data, contract, notes and plays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .words import as_day, day_short, name_words

Document = Mapping[str, Any]
STEP = 16
"""Days between two stored scores from which on the days between them count as a gap."""


@dataclass(frozen=True)
class Happening:
    """One line: day, kind and what. ``note`` is the key of the note that it stands for."""

    day: date
    kind: str
    what: str
    note: str = ""


def between(document: Document) -> list[Happening]:
    """The lines of a change, the oldest first; empty where no two days are compared.

    Notes and plays are those that the document holds under ``notes`` and ``plays``: day, words, and for notes key.
    """
    change = document.get("change") or {}
    start, end = as_day(change.get("from")), as_day(change.get("to"))
    if start is None or end is None:
        return []
    rows = [row for row in document.get("history") or [] if (day := as_day(row["as_of"])) and start <= day <= end]
    found = [*_models(rows), *_gaps(rows), *_contract(document), *_written(document)]
    return sorted((one for one in found if start <= one.day <= end), key=lambda one: (one.day, one.kind, one.what))


def models(rows: Sequence[Document]) -> list[tuple[date, str]]:
    """The days from which on another scorecard or version scored the account, with its name and version."""
    found, last = [], None
    for row in rows:
        card, day = (row.get("scorecard"), row.get("version")), as_day(row["as_of"])
        if None in card or day is None:
            continue
        if last is not None and card != last:
            found.append((day, f"{name_words(card[0])} v{card[1]}" if card[0] != last[0] else f"v{card[1]}"))
        last = card
    return found


def _models(rows: Sequence[Document]) -> Iterator[Happening]:
    for day, words in models(rows):
        yield Happening(day, "model", f"Scored by {words} from here on")


def _gaps(rows: Sequence[Document]) -> Iterator[Happening]:
    """Stretches without a score, each at its first day; withheld days, and days of which none is stored."""
    known: date | None = None
    missing: date | None = None
    for row in rows:
        day = as_day(row["as_of"])
        if day is None:
            continue
        if row.get("score") is None:
            missing = missing or day
            continue
        if missing is not None:
            yield Happening(missing, "no data", f"Score withheld until {day_short(day, rows[-1]['as_of'])}")
        elif known is not None and (day - known).days > STEP:
            yield Happening(known, "no data", f"No score stored until {day_short(day, rows[-1]['as_of'])}")
        known, missing = day, None
    if missing is not None:
        yield Happening(missing, "no data", "Score withheld since then")


def _contract(document: Document) -> Iterator[Happening]:
    for item in (document.get("records") or {}).get("timeline") or []:
        day = as_day(item["day"])
        if day is not None and item["kind"] in ("contract", "outcome"):
            yield Happening(day, "contract", item["what"])
    renews = as_day(document.get("renews_on"))
    if renews is not None:
        yield Happening(renews, "contract", "Day of renewal")


def _written(document: Document) -> Iterator[Happening]:
    for key, kind in (("notes", "note"), ("plays", "play")):
        for one in document.get(key) or []:
            day = as_day(one["day"])
            if day is not None:
                yield Happening(day, kind, one.get("line") or one["words"], one.get("key", ""))
