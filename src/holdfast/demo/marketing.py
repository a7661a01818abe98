"""The marketing tool: webinars, downloads and community posts, and every e-mail with its opening."""

from __future__ import annotations

import numpy as np

from .bad_rows import BadRow
from .chance import pick, stream, visits
from .contacted import someone
from .files import Folder, csv_rows
from .people import Contacts
from .support import iso
from .world import World

TOUCH_HEADER = ("touch", "org", "person", "activity", "invited", "took_place", "result")
MAIL_HEADER = ("mail", "org", "recipient", "sent", "first_open", "subject")
SUBJECTS = (
    "Product news",
    "Your hiring month in numbers",
    "Webinar invitation",
    "Tips for interviews",
    "New this week",
)


def write_marketing(world: World, people: Contacts, folder: Folder) -> None:
    """Write touches and e-mails."""
    _touches(world, people, folder)
    _mails(world, people, folder)


def _touches(world: World, people: Contacts, folder: Folder) -> None:
    rng = stream(world.seed, "touches")
    account, day = visits(rng, world.starts, world.ends, np.full(world.count, 55.0))
    size = len(account)
    contact = someone(rng, world, people, account, day)
    kind = rng.choice(3, size, p=[0.55, 0.3, 0.15])
    keen = np.where(world.plot.under_way(account, day), 0.2, 0.42)
    came = (kind > 0) | (rng.random(size) < keen)
    begin = day * 86_400 + 50_400
    ids = people.ids()
    rows = csv_rows(
        (
            [f"TC{i + 1}" for i in range(size)],
            world.account_id[account],
            [ids[c] for c in contact],
            np.array(["Webinar", "Download", "Forum post"], dtype=object)[kind],
            [iso(int(b) - 12 * 86_400) if k == 0 else iso(int(b)) for b, k in zip(begin, kind, strict=True)],
            [iso(int(b)) for b in begin],
            np.where(came, "attended", "invited"),
        )
    )
    folder.lines("exports/marketing/touches.csv", ",".join(TOUCH_HEADER), rows)


def _mails(world: World, people: Contacts, folder: Folder) -> None:
    rng = stream(world.seed, "mails")
    account, day = visits(rng, world.starts, world.ends, np.full(world.count, 21.0))
    size = len(account)
    contact = someone(rng, world, people, account, day)
    sent = day * 86_400 + 28_800
    opened = sent + (rng.exponential(9.0, size) * 3600).astype(np.int64) + 60
    seen = rng.random(size) < np.where(world.plot.under_way(account, day), 0.24, 0.38)
    seen &= opened < (world.time.last + 1) * 86_400
    ids = people.ids()
    rows = csv_rows(
        (
            [f"ML{i + 1}" for i in range(size)],
            world.account_id[account],
            [ids[c] for c in contact],
            [iso(int(s)) for s in sent],
            [iso(int(o)) if s else "" for o, s in zip(opened, seen, strict=True)],
            pick(rng, SUBJECTS, size),
        )
    )
    bad = [
        BadRow("duplicated row", "duplicate", "", "", (rows[int(size / 4)] if size else "").encode()),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "sent_at",
            b"ML980001,000001,,2026-06-31T08:00:00Z,,Product news",
        ),
    ]
    folder.lines("exports/marketing/emails.csv", ",".join(MAIL_HEADER), rows, bad)
