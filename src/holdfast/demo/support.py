"""The help desk: tickets as JSONL, their messages as CSV with texts of several lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from . import names, texts
from .bad_rows import BadRow
from .chance import Array, pick, second_of_day, stream, visits
from .contacted import Contacted, someone
from .files import Folder, csv_rows, json_rows
from .people import Contacts
from .rhythm import outages
from .stories import CODE, Plot
from .timeline import Days
from .world import World

TICKET_FIELDS = (
    "id",
    "org",
    "requester",
    "created",
    "first_response",
    "solved",
    "prio",
    "escalated",
    "reopened",
    "satisfaction",
    "subject",
    "description",
    "tone",
)
MESSAGE_HEADER = ("message_id", "org_id", "ticket", "author", "written_at", "from_customer", "body")
SUBJECTS = (
    "Question about candidates",
    "Calendar",
    "Reports",
    "Offer letter",
    "Access for a colleague",
    "Import",
    "Career page",
    "Slow pages",
    "Notification mails",
    "Permissions",
)
PRIORITIES = ("P4", "P3", "P2", "P1")


@dataclass(frozen=True)
class Tickets:
    """Tickets, one entry each; moments in seconds since 1970."""

    account: Array
    day: Days
    opened: Days
    contact: Array
    severe: Array
    closed: Days
    reply: Days
    text: list[str]


def iso(seconds: int) -> str:
    """UTC as ISO 8601; empty for a moment that never comes."""
    if seconds >= Plot.never * 86_400:
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def language(world: World) -> Array:
    """The language in which an account writes: its country's now and then, English otherwise."""
    rng = stream(world.seed, "languages")
    own = np.array([c[6] for c in names.COUNTRIES], dtype=object)[world.country]
    return np.where(rng.random(world.count) < 0.35, own, "en").astype(object)


def write_support(world: World, people: Contacts, folder: Folder, contacted: Contacted) -> tuple[Tickets, list[str]]:
    """Write tickets and messages; returns the tickets and the accounts with a ticket before sign-up."""
    tickets = _draw(world, people)
    contacted.add(tickets.account, tickets.contact, tickets.day)
    early = _write_tickets(world, people, tickets, folder)
    _write_messages(world, people, tickets, folder)
    return tickets, early


def _draw(world: World, people: Contacts) -> Tickets:
    rng = stream(world.seed, "tickets")
    plot, starts = world.plot, world.starts
    covered = world.has_support
    ends = np.minimum(world.ends, np.where(plot.named("polite_exit", "sudden_stop"), plot.onset, Plot.never))
    every = np.where(covered, np.clip(140.0 / np.sqrt(world.seats), 12, 90), 1e12)
    who, when = visits(rng, starts, np.maximum(ends, starts), every)
    angry = plot.named("polite_exit", "price_shock", "rescued") & covered
    burst_from = np.where(plot.named("polite_exit"), plot.onset - 60, plot.onset)
    burst_to = np.where(plot.named("polite_exit"), plot.onset, np.minimum(plot.onset + 60, world.ends))
    burst_from = np.clip(burst_from, starts, world.time.last)
    told = np.where(
        plot.named("polite_exit"), plot.traced, plot.named("price_shock") | ~plot.traced | (plot.strength > 0.5)
    )
    who2, when2 = visits(
        rng,
        burst_from,
        np.where(angry & told, np.minimum(burst_to, world.time.last), burst_from),
        np.full(world.count, 12.0),
    )
    cry, cry_day = _outage_tickets(rng, world)
    account = np.concatenate([who, who2, cry])
    day = np.concatenate([when, when2, cry_day])
    kind = np.concatenate([np.zeros(len(who)), np.ones(len(who2)), np.full(len(cry), 2)]).astype(int)
    order = np.lexsort((account, day))
    account, day, kind = account[order], day[order], kind[order]
    kind = np.where((kind == 0) & (rng.random(len(kind)) < 0.08), 1, kind)
    opened = day * 86_400 + second_of_day(rng, len(day))
    severe = (kind == 1) | (rng.random(len(kind)) < 0.05)
    reply = opened + (rng.lognormal(np.log(4.0), 0.9, len(kind)) * 3600).astype(np.int64)
    hours = rng.lognormal(np.log(30.0), 0.9, len(kind)) * np.where(severe, 3.0, 1.0)
    closed = np.maximum(opened + (hours * 3600).astype(np.int64), reply + 600)
    limit = (world.time.last + 1) * 86_400
    stuck = severe & (plot.story[account] == CODE["polite_exit"]) & (rng.random(len(kind)) < 0.5)
    closed = np.where((closed >= limit) | stuck, Plot.never * 86_400, closed)
    reply = np.where(reply >= limit, Plot.never * 86_400, reply)
    contact = someone(rng, world, people, account, day, "user")
    return Tickets(account, day, opened, contact, severe, closed, reply, _texts(rng, world, account, day, kind))


def _outage_tickets(rng: np.random.Generator, world: World) -> tuple[Days, Days]:
    who, when = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for first, _ in outages(world):
        hit = np.flatnonzero(
            (rng.random(world.count) < 0.2) & world.has_support & (world.starts <= first) & (world.ends > first)
        )
        who.append(hit)
        when.append(np.full(len(hit), first))
    return np.concatenate(who), np.concatenate(when)


def _texts(rng: np.random.Generator, world: World, account: Array, day: Days, kind: Array) -> list[str]:
    speech = language(world)[account]
    body = texts.choose(rng, speech, texts.QUESTIONS)
    body = np.where(kind == 1, texts.choose(rng, speech, texts.COMPLAINTS), body)
    body = np.where(kind == 2, pick(rng, texts.OUTAGE, len(kind)), body)
    under_way = world.plot.under_way(account, day)
    luck = rng.random(len(kind))
    topics = [t for group in texts.MENTIONS.values() for t in group]
    body = np.where((luck < np.where(under_way, 0.10, 0.012)) & (kind < 2), pick(rng, topics, len(kind)), body)
    body = np.where(luck > 0.985, pick(rng, texts.DENIALS, len(kind)), body)
    body = np.where((luck > 0.95) & (luck < 0.98) & ~under_way, pick(rng, texts.PRAISE, len(kind)), body)
    return texts.letter(rng, speech, body)


def _write_tickets(world: World, people: Contacts, t: Tickets, folder: Folder) -> list[str]:
    rng = stream(world.seed, "ticket details")
    size = len(t.account)
    ids = people.ids()
    urgency = np.clip(rng.choice(4, size, p=[0.35, 0.45, 0.15, 0.05]) + t.severe, 0, 3)
    csat = np.clip(np.round(np.where(t.severe, rng.normal(2.6, 1.0, size), rng.normal(4.3, 0.7, size))), 1, 5)
    answered = (rng.random(size) < 0.35) & (t.closed < Plot.never * 86_400)
    tone = np.round(np.where(t.severe, rng.normal(-0.4, 0.3, size), rng.normal(0.15, 0.3, size)).clip(-1, 1), 2)
    opened = t.opened.copy()
    late = np.flatnonzero((world.signup[t.account] > world.time.first) & (t.day - world.signup[t.account] < 60))
    early = late[:3] if world.count >= 100 else late[:0]
    opened[early] = (world.signup[t.account[early]] - 25) * 86_400 + 36_000
    rows = json_rows(
        TICKET_FIELDS,
        (
            [f"T{i + 50001}" for i in range(size)],
            world.account_id[t.account],
            [ids[c] for c in t.contact],
            [iso(v) for v in opened],
            [iso(v) for v in t.reply],
            [iso(v) for v in t.closed],
            [PRIORITIES[u] for u in urgency],
            [bool(v) for v in t.severe & (rng.random(size) < 0.3)],
            [bool(v) for v in rng.random(size) < np.where(t.severe, 0.2, 0.04)],
            [int(c) if k else None for c, k in zip(csat, answered, strict=True)],
            pick(rng, SUBJECTS, size),
            t.text,
            [float(v) if k else None for v, k in zip(tone, rng.random(size) < 0.7, strict=True)],
        ),
    )
    folder.lines("exports/support/tickets.jsonl", None, rows, _bad_tickets())
    return sorted({str(world.account_id[t.account[i]]) for i in early})


def _bad_tickets() -> list[BadRow]:
    def row(ident: str, **change: str) -> bytes:
        values = {
            "id": ident,
            "org": "000001",
            "created": "2026-03-02T09:00:00Z",
            "prio": "P3",
            "subject": "Odd",
        } | change
        return ("{" + ", ".join(f'"{k}": "{v}"' for k, v in values.items()) + "}").encode()

    return [
        BadRow("broken JSON", "quarantined", "bad_json", "", b'{"id": "T980001", "org": "000001", "created": "2026-03'),
        BadRow("unknown account", "quarantined", "unresolved", "account_id", row("T980002", org="990004")),
        BadRow("unknown enum value", "quarantined", "not_in_list", "priority", row("T980003", prio="P9")),
        BadRow(
            "impossible date", "quarantined", "bad_date", "opened_at", row("T980004", created="2026-13-01T09:00:00Z")
        ),
        BadRow("missing required", "quarantined", "missing_required", "opened_at", row("T980005", created="")),
        BadRow("bad number", "quarantined", "bad_number", "csat", row("T980006", satisfaction="four")),
        BadRow("future event", "quarantined", "future", "opened_at", row("T980007", created="2098-01-01T09:00:00Z")),
        BadRow(
            "ambiguous date", "quarantined", "ambiguous_date", "opened_at", row("T980008", created="04/05/2026 09:00")
        ),
    ]


def _write_messages(world: World, people: Contacts, t: Tickets, folder: Folder) -> None:
    rng = stream(world.seed, "messages")
    size = len(t.account)
    ids, never = people.ids(), Plot.never * 86_400
    more = rng.poisson(0.7, size)
    later = world.plot.under_way(t.account, t.day)
    cool = later & (world.plot.story[t.account] == CODE["polite_exit"])
    ticket = np.concatenate([np.arange(size), np.flatnonzero(t.reply < never), np.repeat(np.arange(size), more)])
    inbound = np.concatenate(
        [np.ones(size, bool), np.zeros(int(np.sum(t.reply < never)), bool), np.ones(int(more.sum()), bool)]
    )
    sent = np.concatenate(
        [t.opened, t.reply[t.reply < never], np.repeat(t.opened, more) + rng.integers(4_000, 200_000, int(more.sum()))]
    )
    order = np.lexsort((ticket, sent))
    order = order[sent[order] < (world.time.last + 1) * 86_400]
    ticket, inbound, sent = ticket[order], inbound[order], sent[order]
    replies = pick(
        rng,
        (
            "We are looking into it and will come back to you today.",
            "Please try again now, it should work.",
            "You will find this under settings, then workflows.",
            "Thank you, I passed this on to the team.",
        ),
        len(ticket),
    )
    follow = pick(
        rng,
        (
            "That did it, thanks.",
            "Still the same for {n} of us.",
            "Could you check the {place} site too?",
            "When can we expect this?",
            "Understood.",
            "Perfect!",
        ),
        len(ticket),
    )
    follow = np.where(cool[ticket], pick(rng, texts.FLAT, len(ticket)), follow)
    first = np.zeros(len(ticket), bool)
    first[np.unique(ticket, return_index=True)[1]] = True
    body = [
        t.text[k] if f else v
        for k, f, v in zip(ticket, first, texts.fill(rng, np.where(inbound, follow, replies)), strict=True)
    ]
    rows = csv_rows(
        (
            [f"M{i + 700001}" for i in range(len(ticket))],
            world.account_id[t.account[ticket]],
            [f"T{k + 50001}" for k in ticket],
            [ids[c] if i else "" for c, i in zip(t.contact[ticket], inbound, strict=True)],
            [iso(v) for v in sent],
            ["yes" if i else "no" for i in inbound],
            body,
        )
    )
    folder.lines("exports/support/messages.csv", ",".join(MESSAGE_HEADER), rows, _bad_messages(rows))


def _bad_messages(rows: list[str]) -> list[BadRow]:
    known = next((r for r in rows if '"' not in r), "")
    other = _edited(known) if known else ""
    bad = [
        BadRow("duplicated row", "duplicate", "", "", known.encode()),
        BadRow("wrong column count", "quarantined", "bad_row", "", b"M980001,000001,T50001"),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "direction",
            b"M980002,000001,T50001,,2026-03-02T09:00:00Z,perhaps,hello",
        ),
        BadRow("NUL byte", "kept", "", "text", b"M980003,000001,T50001,,2026-03-02T09:00:00Z,yes,zero\x00byte"),
        BadRow(
            "unknown account",
            "quarantined",
            "unresolved",
            "account_id",
            b"M980004,990005,T50001,,2026-03-02T09:00:00Z,yes,who are we",
        ),
        BadRow("same id, other body", "quarantined", "id_conflict", "message_id", other.encode()),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "sent_at",
            b"M980005,000001,T50001,,2026-02-29T09:00:00Z,yes,leap",
        ),
    ]
    return bad if known else [b for b in bad if b.data[:1] == b"M" and b.data != other.encode()]


def _edited(row: str) -> str:
    """The same message a second later with another text."""
    parts = row.split(",")
    later = datetime.fromisoformat(parts[4]) + timedelta(seconds=1)
    return ",".join([*parts[:4], later.strftime("%Y-%m-%dT%H:%M:%SZ"), parts[5], "Edited afterwards."])
