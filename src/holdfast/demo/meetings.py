"""The calendar tool and the call log: meetings with their fate, and notes after calls."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from . import texts
from .bad_rows import BadRow
from .chance import Array, pick, stream, visits
from .contacted import Contacted, someone
from .files import Folder, csv_rows
from .people import Contacts
from .stories import CODE
from .timeline import Days
from .world import World

MEETING_HEADER = ("ref", "customer", "attendee", "type", "booked", "start", "finished", "outcome", "organiser")
CALL_HEADER = ("call", "customer", "spoke_with", "at", "who_called", "notes")
TYPES = ("Check-in", "QBR", "Training", "Renewal talk", "Executive sync")


def local(seconds: int) -> str:
    """Wall-clock time without a zone, as calendar tools export it; empty for a negative number."""
    if seconds < 0:
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%d %H:%M")


def write_meetings(world: World, people: Contacts, folder: Folder, contacted: Contacted) -> None:
    """Write meetings and call notes."""
    _meetings(world, people, folder, contacted)
    _calls(world, people, folder, contacted)


def _meetings(world: World, people: Contacts, folder: Folder, contacted: Contacted) -> None:
    rng = stream(world.seed, "meetings")
    every = np.where(world.has_meetings, np.array([80.0, 45.0, 26.0])[world.plan], 1e12)
    ahead = np.where(world.churned, world.ends, world.time.last + 40)
    account, day = visits(rng, world.starts, ahead, every)
    size = len(account)
    kind = rng.choice(5, size, p=[0.58, 0.16, 0.06, 0.08, 0.12])
    fresh = (day - world.signup[account] < 75) & (rng.random(size) < 0.6)
    kind = np.where(fresh, 2, kind)
    booked = np.maximum(day - rng.integers(3, 35, size), world.signup[account])
    known = booked <= world.time.last
    account, day, kind, booked = account[known], day[known], kind[known], booked[known]
    size = len(account)
    contact = np.where(
        np.isin(kind, [1, 3, 4]),
        someone(rng, world, people, account, day, "budget"),
        someone(rng, world, people, account, day),
    )
    outcome = _outcomes(rng, world, account, day, kind)
    start = day * 86_400 + rng.integers(16, 34, size) * 1800
    past = day <= world.time.last
    held = past & (outcome == "Completed")
    rows = csv_rows(
        (
            [f"MT-{i + 40001}" for i in range(size)],
            world.account_id[account],
            _named(people, contact, rng.random(size) < 0.93),
            [TYPES[k] for k in kind],
            [local(int(b) * 86_400 + 34_200) for b in booked],
            [local(int(s)) for s in start],
            [local(int(s) + 2700 if h else -1) for s, h in zip(start, held, strict=True)],
            np.where(past, outcome, ""),
            pick(rng, ("us", "them"), size, (0.8, 0.2)),
        )
    )
    bad = [
        BadRow(
            "ambiguous date",
            "quarantined",
            "ambiguous_date",
            "scheduled_at",
            b"MT-980001,000001,,Check-in,2026-03-01 09:00,05/03/2026 10:00,,Completed,us",
        ),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "kind",
            b"MT-980002,000001,,Seance,2026-03-01 09:00,2026-03-05 10:00,,Completed,us",
        ),
        BadRow(
            "unknown account",
            "quarantined",
            "unresolved",
            "account_id",
            b"MT-980003,990006,,Check-in,2026-03-01 09:00,2026-03-05 10:00,,Completed,us",
        ),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "scheduled_at",
            b"MT-980004,000001,,Check-in,2026-03-01 09:00,2026-03-05 25:00,,Completed,us",
        ),
    ]
    folder.lines("exports/calendar/meetings.csv", ",".join(MEETING_HEADER), rows, bad)
    contacted.add(account[held], contact[held], day[held])


def _named(people: Contacts, contact: Array, stated: Array) -> list[str]:
    ids = people.ids()
    return [ids[c] if s else "" for c, s in zip(contact, stated, strict=True)]


def _outcomes(rng: np.random.Generator, world: World, account: Array, day: Days, kind: Array) -> Array:
    plot, size = world.plot, len(account)
    under_way = plot.under_way(account, day)
    code, quiet = plot.story[account], ~plot.traced[account]
    lost = np.full(size, 0.09)
    lost = np.where(under_way & (code == CODE["sudden_stop"]), np.where(quiet, 0.7, 0.45), lost)
    lost = np.where(under_way & (code == CODE["failed_onboarding"]), np.where(quiet, 0.6, 0.3), lost)
    lost = np.where(under_way & np.isin(code, [CODE["price_shock"], CODE["champion_leaves"]]), 0.3, lost)
    above = np.isin(kind, [1, 3, 4])
    lost = np.where(under_way & (code == CODE["sponsor_missing"]) & above, 0.75, lost)
    fate = pick(rng, ("Cancelled", "No-show", "Moved"), size, (0.5, 0.25, 0.25))
    return np.where(rng.random(size) < lost, fate, "Completed")


def _calls(world: World, people: Contacts, folder: Folder, contacted: Contacted) -> None:
    rng = stream(world.seed, "calls")
    every = np.where(world.has_meetings, np.array([120.0, 75.0, 45.0])[world.plan], 1e12)
    account, day = visits(rng, world.starts, world.ends, every)
    size = len(account)
    contact = someone(rng, world, people, account, day)
    code, under_way = world.plot.story[account], world.plot.under_way(account, day)
    luck = rng.random(size)
    note = pick(rng, texts.NOTES["calm"], size)
    hints = (("slow_decline", "decline"), ("polite_exit", "flat"), ("power_user", "absent"), ("price_shock", "money"))
    for story, topic in (*hints, ("sponsor_missing", "absent")):
        here = under_way & (code == CODE[story]) & (luck < np.where(world.plot.traced[account], 0.3, 0.8))
        note = np.where(here, pick(rng, texts.NOTES[topic], size), note)
    won = (code == CODE["rescued"]) & (day >= world.plot.turn[account]) & (luck < 0.5)
    note = np.where(won, pick(rng, texts.NOTES["recovered"], size), note)
    topics = [t for group in texts.MENTIONS.values() for t in group]
    note = np.where((luck > 0.97) | (under_way & (luck > 0.88)), pick(rng, topics, size), note)
    rows = csv_rows(
        (
            [f"CALL{i + 6001}" for i in range(size)],
            world.account_id[account],
            _named(people, contact, np.ones(size, dtype=bool)),
            [local(int(d) * 86_400 + int(s) * 900) for d, s in zip(day, rng.integers(34, 68, size), strict=True)],
            pick(rng, ("us", "customer"), size, (0.7, 0.3)),
            texts.fill(rng, note),
        )
    )
    bad = [
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "held_at",
            b"CALL980001,000001,,2026-02-30 10:00,us,Never happened.",
        ),
        BadRow("wrong column count", "quarantined", "bad_row", "", b"CALL980002,000001,,2026-03-02 10:00"),
    ]
    folder.lines("exports/calls/call_notes.csv", ",".join(CALL_HEADER), rows, bad)
    contacted.add(account, contact, day)
