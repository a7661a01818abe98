"""What the success team keeps: goals, claims of value, the value question, and check-ins with pulse and notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import texts
from .bad_rows import BadRow
from .billing import Version
from .chance import Array, pick, stream, visits
from .contacted import someone
from .files import Folder, csv_rows
from .people import Contacts
from .stories import CODE, HARMFUL
from .timeline import Days, day
from .world import World, staff

GOAL_HEADER = ("goal_id", "customer", "goal", "area", "target", "unit", "agreed", "due", "reached", "owner")
CLAIM_HEADER = (
    "claim",
    "customer",
    "what",
    "degree",
    "before",
    "worth",
    "currency",
    "per",
    "stated",
    "confirmed_by",
    "confirmed",
    "valid_until",
)
QUESTION_HEADER = ("id", "customer", "asked", "asked_by", "asked_of", "answer", "evidence")
CHECK_HEADER = ("ref", "customer", "csm", "date", "mood", "fit", "valid_until", "remark")
GOALS = (
    ("Fill roles faster", "hiring speed", 35, "days"),
    ("Roll out scorecards", "fair selection", 80, "percent"),
    ("More referrals", "referrals", 40, "hires"),
    ("One process for all sites", "standards", 5, "sites"),
    ("Lower agency spend", "cost", 60000, "EUR"),
    ("Answer every applicant", "candidate care", 95, "percent"),
)
CLAIMS = (
    ("agency fees saved", 1),
    ("recruiter hours saved", 1),
    ("vacancy days avoided", 1),
    ("applications processed", 2),
    ("roles filled", 2),
    ("recruiters active", 3),
)


@dataclass(frozen=True)
class ValueFacts:
    """What the truth file needs: claims and questions as drawn. ``-1`` stands for no such day."""

    claim_account: Array
    claim_degree: Array
    claim_worth: Array
    claim_confirmed: Days
    claim_expires: Days
    asked_account: Array
    asked_day: Days
    answer: Array


def write_value(world: World, people: Contacts, history: list[Version], folder: Folder) -> ValueFacts:
    """Write goals, claims, questions and check-ins."""
    _goals(world, folder)
    _checks(world, folder)
    claims = _claims(world, people, history, folder)
    return ValueFacts(*claims, *_questions(world, people, folder))


def _text(days: Days, keep: Array) -> list[str]:
    return [str(day(d)) if k else "" for d, k in zip(days, keep, strict=True)]


def _owner(world: World, account: Array) -> list[str]:
    people = staff(world)
    return [people[o][1] for o in world.owner[account]]


def _goals(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "goals")
    planned = rng.random(world.count) < 0.7
    starts = np.maximum(world.signup, world.time.first - 120)
    account, agreed = visits(rng, starts, world.ends, np.where(planned, 150.0, 1e12))
    size = len(account)
    what = rng.integers(len(GOALS), size=size)
    due = agreed + rng.integers(60, 200, size)
    reached = due + rng.integers(-50, 60, size)
    hard = world.plot.under_way(account, np.minimum(due, world.time.last))
    done = (
        (rng.random(size) < np.where(hard, 0.2, 0.65)) & (reached <= world.time.last) & (reached < world.ends[account])
    )
    rows = csv_rows(
        (
            [f"G-{i + 1}" for i in range(size)],
            world.account_id[account],
            [GOALS[w][0] for w in what],
            [GOALS[w][1] for w in what],
            [GOALS[w][2] for w in what],
            [GOALS[w][3] for w in what],
            _text(agreed, agreed > 0),
            _text(due, rng.random(size) < 0.95),
            _text(reached, done),
            _owner(world, account),
        )
    )
    folder.lines("exports/success/goals.csv", ",".join(GOAL_HEADER), rows)


def _claims(
    world: World, people: Contacts, history: list[Version], folder: Folder
) -> tuple[Array, Array, Array, Days, Days]:
    rng = stream(world.seed, "claims")
    account, stated = visits(rng, world.starts, world.ends, np.where(world.has_value, 150.0, 1e12))
    size = len(account)
    what = rng.integers(len(CLAIMS), size=size)
    degree = np.array([c[1] for c in CLAIMS])[what]
    yearly = np.zeros(world.count)
    for version in history:
        yearly[version.account] = version.mrr * 12 if version.mrr else yearly[version.account]
    harmed = np.isin(world.plot.story, [CODE[s] for s in HARMFUL])
    factor = np.where(harmed[account], rng.uniform(0.15, 1.2, size), rng.uniform(0.4, 3.2, size))
    worth = np.where(degree == 1, np.round(yearly[account] * factor, -2), 0.0)
    wait = rng.integers(1, 25, size)
    likely = np.where(world.plot.under_way(account, stated), 0.25, 0.68)
    sure = (rng.random(size) < likely) & (stated + wait <= world.time.last) & (stated + wait < world.ends[account])
    confirmed, expires = np.where(sure, stated + wait, -1), stated + 365
    contact = someone(rng, world, people, account, stated + wait)
    ids = people.ids()
    rows = csv_rows(
        (
            [f"VC-{i + 1}" for i in range(size)],
            world.account_id[account],
            [CLAIMS[w][0] for w in what],
            degree,
            np.where(rng.random(size) < 0.4, rng.integers(10, 400, size).astype(object), ""),
            [f"{w:.0f}" if w > 0 else "" for w in worth],
            np.where(worth > 0, world.currency[account], ""),
            np.where(worth > 0, "year", ""),
            _text(stated, stated > 0),
            [ids[c] if s else "" for c, s in zip(contact, sure, strict=True)],
            _text(confirmed, sure),
            _text(expires, expires > 0),
        )
    )
    folder.lines("exports/success/value_claims.csv", ",".join(CLAIM_HEADER), rows)
    return account, degree, worth, confirmed, expires


def _questions(world: World, people: Contacts, folder: Folder) -> tuple[Array, Days, Array]:
    rng = stream(world.seed, "questions")
    account, asked = visits(rng, world.starts, world.ends, np.where(world.has_questions, 170.0, 1e12))
    size = len(account)
    low = world.plot.under_way(account, asked) & ~np.isin(world.plot.story[account], [CODE["polite_exit"]])
    answers = ("more", "about even", "less", "unknown", "")
    answer = np.where(
        low,
        pick(rng, answers, size, (0.2, 0.3, 0.25, 0.15, 0.1)),
        pick(rng, answers, size, (0.5, 0.22, 0.08, 0.12, 0.08)),
    )
    contact = someone(rng, world, people, account, asked, "budget")
    ids = people.ids()
    proof = pick(rng, ("", "", "told on the phone", "slide of their quarterly review", "their own calculation"), size)
    rows = csv_rows(
        (
            [f"VQ-{i + 1}" for i in range(size)],
            world.account_id[account],
            _text(asked, asked > 0),
            _owner(world, account),
            [ids[c] for c in contact],
            answer,
            proof,
        )
    )
    folder.lines("exports/success/value_questions.csv", ",".join(QUESTION_HEADER), rows)
    return account, asked, answer


def _checks(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "checks")
    kept = rng.random(world.count) < 0.8
    account, when = visits(rng, world.starts, world.ends, np.where(kept, 70.0, 1e12))
    first = np.sort(np.unique(when * world.count + account, return_index=True)[1])
    account, when = account[first], when[first]
    size = len(account)
    under_way = world.plot.under_way(account, when)
    blind = np.isin(world.plot.story[account], [CODE[s] for s in ("polite_exit", "power_user", "sponsor_missing")])
    level = np.where(under_way & ~blind, 62 - 25 * world.plot.strength[account], 74)
    mood = np.clip(np.round(rng.normal(level, 13) / 5) * 5, 0, 100).astype(int)
    fit = np.clip(np.round(rng.normal(level + 2, 12) / 5) * 5, 0, 100).astype(int)
    note = np.where(mood < 50, pick(rng, texts.NOTES["decline"], size), pick(rng, texts.NOTES["calm"], size))
    rows = csv_rows(
        (
            [f"CK-{i + 1}" for i in range(size)],
            world.account_id[account],
            _owner(world, account),
            _text(when, when > 0),
            mood,
            np.where(rng.random(size) < 0.5, fit.astype(object), ""),
            _text(when + 90, when > 0),
            texts.fill(rng, np.where(rng.random(size) < 0.7, note, "")),
        )
    )
    bad = [
        BadRow(
            "bad number",
            "quarantined",
            "bad_number",
            "rating",
            b"CK-980001,000001,nobody@quillhire.example,2026-03-02,rather good,,2026-06-02,Typed by hand.",
        ),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "at",
            b"CK-980002,000001,nobody@quillhire.example,2026-00-02,70,,2026-06-02,Month nought.",
        ),
    ]
    folder.lines("exports/success/checkins.csv", ",".join(CHECK_HEADER), rows, bad)
