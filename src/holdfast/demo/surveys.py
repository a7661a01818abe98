"""The survey tool: an Excel workbook with every survey sent, answered or not."""

from __future__ import annotations

import numpy as np

from . import texts
from .bad_rows import BadRow
from .chance import Array, pick, stream, visits
from .contacted import someone
from .files import Folder, write_xlsx
from .people import Contacts
from .stories import CODE
from .timeline import Days
from .world import World

HEADER = ("Ref", "Org", "Respondent", "Survey", "Sent", "Answered", "Rating", "Remark")
KINDS = ("Relationship NPS", "Ticket NPS", "CSAT", "Effort")
EXCEL_ZERO = 25_569
"""Excel's number of 1 January 1970."""
SPREAD = np.array([2.0, 2.1, 0.8, 1.3])
TOP = np.array([10, 10, 5, 7])


def write_surveys(world: World, people: Contacts, folder: Folder) -> None:
    """Write the workbook."""
    rng = stream(world.seed, "surveys")
    every = np.where(world.has_surveys, np.clip(110.0 - world.seats, 40, 110), 1e12)
    account, day = visits(rng, world.starts + 20, world.ends, every)
    size = len(account)
    kind = rng.choice(4, size, p=[0.55, 0.2, 0.15, 0.1])
    contact = someone(rng, world, people, account, day)
    mood = _mood(world, account, day)
    level = np.array([8.3, 7.9, 4.2, 5.2])[kind] + mood * np.array([1.0, 1.0, 0.45, 0.6])[kind]
    score = np.clip(np.round(rng.normal(level, SPREAD[kind])), np.where(kind < 2, 0, 1), TOP[kind]).astype(int)
    sent = day + 0.375
    answered = np.round(sent + rng.exponential(2.5, size) + 0.02, 5)
    came = (rng.random(size) < np.clip(0.5 + 0.08 * mood, 0.1, 0.8)) & (answered < world.time.last + 1)
    ids = people.ids()
    remarks = _remarks(rng, score, kind, world.plot.under_way(account, day))
    rows = [
        [
            f"SR-{i + 1:06d}",
            str(world.account_id[account[i]]),
            ids[contact[i]] if i % 9 else "",
            KINDS[kind[i]],
            float(sent[i]) + EXCEL_ZERO,
            float(answered[i]) + EXCEL_ZERO if came[i] else "",
            int(score[i]) if came[i] else "",
            remarks[i] if came[i] else "",
        ]
        for i in range(size)
    ]
    name = "exports/surveys/responses.xlsx"
    rows = _with_bad(rows, folder, name)
    write_xlsx(folder.path(name), HEADER, rows, frozenset({4, 5}))
    folder.rows[name] = len(rows)


def _mood(world: World, account: Array, day: Days) -> Array:
    """What the story adds to a rating of ten."""
    plot = world.plot
    pull = np.zeros(len(plot.story))
    sour = {"slow_decline": 2.5, "sudden_stop": 2.0, "price_shock": 3.5, "failed_onboarding": 2.5, "rescued": 3.0}
    for story, weight in {**sour, "polite_exit": 0.8, "champion_leaves": 1.5, "sponsor_missing": 0.3}.items():
        pull[plot.story == CODE[story]] = weight
    down = pull[account] * plot.strength[account] * plot.under_way(account, day)
    result: Array = -down + np.where(plot.story[account] == CODE["growing"], 0.4, 0.0)
    return result


def _remarks(rng: np.random.Generator, score: Array, kind: Array, under_way: Array) -> list[str]:
    share = score / TOP[kind]
    size = len(score)
    topics = [t for group in texts.MENTIONS.values() for t in group]
    said = np.where(share > 0.85, pick(rng, texts.PRAISE, size), pick(rng, texts.FLAT, size))
    said = np.where(share < 0.55, pick(rng, texts.COMPLAINTS["en"], size), said)
    said = np.where(under_way & (rng.random(size) < 0.15), pick(rng, topics, size), said)
    return texts.fill(rng, np.where(rng.random(size) < 0.4, said, ""))


def _with_bad(rows: list[list[object]], folder: Folder, name: str) -> list[list[object]]:
    """Two wrong rows in the middle; a sheet has no lines, so the row number of the sheet is noted."""
    if len(rows) < 100:
        return rows
    half = len(rows) // 2
    good: list[object] = ["SR-980001", "000001", "", KINDS[0], rows[half][4], rows[half][4], 7, ""]
    wrong = (
        ("bad number", "bad_number", "score", [*good[:6], "eleven", ""]),
        ("unknown enum value", "not_in_list", "kind", ["SR-980002", "000001", "", "Horoscope", *good[4:]]),
    )
    for step, (kind, reason, column, row) in enumerate(wrong):
        rows.insert(half + step, row)
        folder.ledger.note(name, half + step + 2, BadRow(kind, "quarantined", reason, column, b""))
    return rows
