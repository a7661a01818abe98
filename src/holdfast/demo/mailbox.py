"""The mailbox tool of the success managers: their mails to contacts, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import texts
from .bad_rows import BadRow
from .chance import Array, pick, second_of_day, stream, visits
from .contacted import Contacted, someone
from .files import Folder, csv_rows
from .people import Contacts
from .stories import CODE, Plot
from .support import iso
from .timeline import Days, weekday
from .world import World, staff

HEADER = ("mail", "customer", "csm", "contact", "folder", "sent_at", "first_opened", "subject", "body")
QUIETER = ("slow_decline", "champion_leaves", "failed_onboarding")
"""Stories in which fewer and fewer mails are answered."""
LATE = 140
"""Days before the last one from which mails go only to people who meet us anyway."""


@dataclass(frozen=True)
class Mails:
    """Mails of ours, one entry each; moments in seconds since 1970, ``never`` where nothing came."""

    account: Array
    contact: Array
    sent: Days
    opened: Days
    reply: Days
    short: Array
    """the reply is a line without a greeting"""

    never = Plot.never * 86_400


def write_mailbox(world: World, people: Contacts, folder: Folder, contacted: Contacted) -> None:
    """Write all mails by the moment of sending. What they tell, the truth file tells without them."""
    mails = _draw(world, people, contacted)
    rows = _rows(world, people, mails)
    folder.lines("exports/success/csm_emails.csv", ",".join(HEADER), rows, _bad(rows))


def _draw(world: World, people: Contacts, contacted: Contacted) -> Mails:
    rng = stream(world.seed, "mailbox")
    every = np.where(world.has_support | world.has_meetings, np.array([18.0, 13.0, 9.0])[world.plan], 1e12)
    account, day = visits(rng, world.starts, world.ends, every)
    contact = _recipients(rng, world, people, contacted, account, day)
    there = (np.array(people.since)[contact] <= day) & (np.array(people.left)[contact] > day)
    account, day, contact = account[there], day[there], contact[there]
    size = len(account)
    polite = world.plot.under_way(account, day) & (world.plot.story[account] == CODE["polite_exit"])
    progress = world.plot.progress(account, day)
    sent = day * 86_400 + second_of_day(rng, size)
    hours = rng.lognormal(np.log(16.0), 0.9, size) * np.where(polite, 3.0 + 4.0 * progress, 1.0)
    back = sent + np.maximum(hours * 3600, 600).astype(np.int64)
    late = weekday(back // 86_400)
    back += np.where(late > 4, 7 - late, 0) * 86_400
    until = np.minimum(world.ends[account] + 1, np.array(people.left)[contact]) * 86_400
    replied = (rng.random(size) < _answered(rng, world, account, day)) & (back < until)
    opened = np.minimum(sent + 60 + (rng.exponential(5.0, size) * 3600).astype(np.int64), back)
    seen = (replied | (rng.random(size) < 0.5)) & (opened < until)
    return Mails(
        account=account,
        contact=contact,
        sent=sent,
        opened=np.where(seen, opened, Mails.never),
        reply=np.where(replied, back, Mails.never),
        short=np.where(polite, rng.random(size) < 0.9, rng.random(size) < 0.2),
    )


def _answered(rng: np.random.Generator, world: World, account: Array, day: Days) -> Array:
    """The chance that a mail is answered: high and steady, falling in some stories, never without noise."""
    plot = world.plot
    usual = np.clip(rng.normal(0.55, 0.12, world.count), 0.3, 0.85)
    months = (world.time.last - world.time.first) // 30 + 1
    spread = np.where(plot.named("noise"), 0.22, 0.08)[:, None]
    mood = spread * rng.standard_normal((world.count, months))
    chance = np.clip(usual[account] + mood[account, (day - world.time.first) // 30], 0.05, 0.95)
    quieter = plot.named(*QUIETER)[account] & plot.traced[account] & plot.under_way(account, day)
    lost = (0.55 + 0.45 * plot.strength[account]) * np.sqrt(plot.progress(account, day))
    polite = plot.named("polite_exit")[account] & plot.under_way(account, day)
    return np.where(quieter, chance * (1.0 - lost), np.where(polite, np.maximum(chance, 0.8), chance))


def _recipients(
    rng: np.random.Generator, world: World, people: Contacts, contacted: Contacted, account: Array, day: Days
) -> Array:
    """To whom each mail goes. Late ones reach nobody new, so that the truth about who is in touch holds."""
    contact = someone(rng, world, people, account, day)
    near = _in_touch(world, people, contacted)
    luck = rng.random(len(account))
    for i in np.flatnonzero(day > world.time.last - LATE).tolist():
        choice = near[int(account[i])]
        contact[i] = choice[int(luck[i] * len(choice))]
    return contact


def _in_touch(world: World, people: Contacts, contacted: Contacted) -> list[list[int]]:
    """Of each account the contacts in touch in the last 90 days, else one who decides nothing about money."""
    account, contact, day = contacted.rows()
    fresh = (day > world.time.last - 90) & (day <= world.time.last)
    found: list[set[int]] = [set() for _ in range(world.count)]
    for a, c in zip(account[fresh].tolist(), contact[fresh].tolist(), strict=True):
        found[a].add(c)
    return [sorted(f) or [_lasting(people, a)] for a, f in enumerate(found)]


def _lasting(people: Contacts, account: int) -> int:
    own = [c for c in people.of(account) if people.part[c] not in ("sponsor", "budget")]
    return max(own, key=lambda c: people.left[c])


def _rows(world: World, people: Contacts, mails: Mails) -> list[str]:
    rng = stream(world.seed, "mailbox texts")
    size = len(mails.account)
    back = np.flatnonzero(mails.reply < Mails.never)
    ids, owners = people.ids(), [email for _, email in staff(world)]
    topic = rng.integers(0, len(texts.MAILS), size)
    ours = texts.fill(rng, np.array([m[1] for m in texts.MAILS], dtype=object)[topic])
    theirs = texts.fill(rng, pick(rng, texts.REPLIES, len(back)))
    flat = pick(rng, texts.FLAT, len(back))
    answers = [f if s else _letter(t) for f, t, s in zip(flat, theirs, mails.short[back], strict=True)]
    at = np.concatenate([np.arange(size), back])
    inbound = np.concatenate([np.zeros(size, bool), np.ones(len(back), bool)])
    moment = np.concatenate([mails.sent, mails.reply[back]])
    opened = np.concatenate([mails.opened, np.full(len(back), Mails.never)])
    body = np.array([*(_letter(t) for t in ours), *answers], dtype=object)
    order = np.lexsort((at, moment))
    order = order[moment[order] < (world.time.last + 1) * 86_400]
    at, inbound = at[order], inbound[order]
    return csv_rows(
        (
            [f"EM{i + 300001}" for i in range(len(order))],
            world.account_id[mails.account[at]],
            [owners[o] for o in world.owner[mails.account[at]]],
            [ids[c] for c in mails.contact[at]],
            np.where(inbound, "Inbox", "Sent"),
            [iso(int(m)) for m in moment[order]],
            [iso(int(m)) for m in opened[order]],
            [("Re: " if i else "") + texts.MAILS[t][0] for i, t in zip(inbound, topic[at], strict=True)],
            body[order],
        )
    )


def _letter(text: str) -> str:
    return f"Hello,\n\n{text}\n\nBest regards"


def _bad(rows: list[str]) -> list[BadRow]:
    def row(ident: str, customer: str = "000001", box: str = "Sent", sent: str = "2026-03-02T09:00:00Z") -> bytes:
        return f"{ident},{customer},,,{box},{sent},,Odd,Odd mail".encode()

    known = next((r for r in rows if '"' not in r), None)
    bad = [
        BadRow("unknown enum value", "quarantined", "not_in_list", "direction", row("EM980001", box="Outbox")),
        BadRow("impossible date", "quarantined", "bad_date", "sent_at", row("EM980002", sent="2026-04-31T09:00:00Z")),
        BadRow("missing required", "quarantined", "missing_required", "sent_at", row("EM980003", sent="")),
        BadRow("unknown account", "quarantined", "unresolved", "account_id", row("EM980004", customer="990007")),
        BadRow("wrong column count", "quarantined", "bad_row", "", b"EM980005,000001,,,Sent"),
    ]
    return bad if known is None else [*bad, BadRow("duplicated row", "duplicate", "", "", known.encode())]
