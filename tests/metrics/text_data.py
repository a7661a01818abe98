"""Texts for the rows of ``data_records``, and what was read in them: moods on the edge, languages that are not read."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from frame_data import DAYS

from holdfast.lake import MARKS
from holdfast.records.text_mark import MENTIONS

Row = dict[str, Any]
COLUMNS = (("ticket", "subject_key"), ("ticket", "text_key"), ("message", "text_key"),
           ("survey_response", "comment_key"), ("interaction", "text_key"), ("note", "text_key"))
MOODS = (-0.9, -0.21, -0.2, -0.19, 0.0, 0.3, 0.8)
FOREIGN = ("echo",)
"""Accounts that never write English."""
KEYS = 900
_draw = random.Random(44)


def give_texts(made: dict[str, list[Row]]) -> None:
    """Put keys of texts into the rows: about half of them, now and then another one in a later version."""
    _draw.seed(44)
    made["note"] = [_note(number, row) for number, row in enumerate(made["ticket"][:160])]
    for record, column in COLUMNS:
        for row in made[record]:
            if _draw.random() < 0.55:
                foreign = row["account_id"] in FOREIGN
                row[column] = _draw.randrange(KEYS, KEYS + 50) if foreign else _draw.randrange(KEYS)
    made["note"] += _counted()
    for number, row in enumerate(made["ticket"][:60]):
        later: datetime = row["known_at"] + timedelta(days=number % 40, minutes=1)
        made["ticket"].append({**row, "text_key": None if number % 3 else _draw.randrange(KEYS), "effective_at": later,
                               "known_at": later, "row_hash": 200_000 + number})


def _counted() -> list[Row]:
    """Notes of accounts that have just enough texts for a level of their own, or one too few."""
    made, read = [], [key for key in range(200) if key % 6 and key % 10 != 9]
    for account, now, before in (("lima", 3, 5), ("kilo", 3, 4), ("juliet", 2, 6)):
        for number, back in enumerate([5] * now + [100] * before):
            moment = datetime.combine(DAYS[3], time(12)) - timedelta(days=back)
            made.append({"account_id": account, "note_id": f"{account}{number}", "at": moment, "known_at": moment,
                         "text_key": read[len(made)]})
    return made


def _note(number: int, ticket: Row) -> Row:
    moment: datetime = ticket["opened_at"]
    return {"account_id": ticket["account_id"], "note_id": f"note{number}", "author_key": 5, "at": moment,
            "known_at": moment + timedelta(days=number % 3, minutes=2)}


def marks() -> pa.Table:
    """What was read: of every tenth key nothing yet, of every sixth and of the last ones no English."""
    rows = []
    for key in range(KEYS + 50):
        if key % 10 == 9:
            continue
        english = key % 6 != 0 and key < KEYS
        found = [{"kind": kind, "start": 4, "end": 9} for kind in MENTIONS if english and _draw.random() < 0.2]
        rows.append({"key": key, "reader": "r", "language": "en" if english else "unknown", "mentions": found,
                     "mood": Decimal(str(_draw.choice(MOODS))) if english else None})
    return pa.Table.from_pylist(rows, schema=MARKS)
