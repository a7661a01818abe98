"""Write the demo company: exports, definitions and the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from .api import write_api
from .billing import versions, write_billing
from .contacted import Contacted
from .crm import write_crm
from .definitions import write_definitions
from .events import USER_DAYS, volume, write_events
from .files import Folder
from .green import Facts
from .mailbox import write_mailbox
from .marketing import write_marketing
from .meetings import write_meetings
from .outside import write_outside
from .people import build_contacts, build_users
from .stories import STORIES
from .support import write_support
from .surveys import write_surveys
from .timeline import day, timeline
from .truth import write_truth
from .value import write_value
from .world import build_world


@dataclass(frozen=True)
class DemoSummary:
    """What was written. ``events`` counts rows of the product's log, ``rows`` the rows of every export."""

    folder: Path
    accounts: int
    months: int
    seed: int
    first_day: date
    last_day: date
    events: int
    rows: Mapping[str, int]
    stories: Mapping[str, int]
    churned: int
    planted: int


def write_demo(
    folder: Path, accounts: int = 400, months: int = 18, events: int | None = None, seed: int = 1
) -> DemoSummary:
    """Write the invented company into ``folder``; the same arguments give the same bytes.

    ``events`` is about the number of rows in the product's log (5,000 an account and 18 months by default).
    """
    time = timeline(months)
    world = build_world(seed, time, accounts)
    size = volume(accounts, months, events)
    users = build_users(world, size.crowd)
    people = build_contacts(world, users)
    out = Folder(folder)
    expected = size.actions * size.crowd * accounts * months * USER_DAYS
    contacted = Contacted()
    flagged = write_crm(world, users, people, out)
    history = versions(world)
    write_billing(world, history, out)
    tickets, early = write_support(world, people, out, contacted)
    write_meetings(world, people, out, contacted)
    write_mailbox(world, people, out, contacted)
    write_surveys(world, people, out)
    write_marketing(world, people, out)
    value = write_value(world, people, history, out)
    write_outside(world, people, history, out)
    traffic = write_events(world, users, size, out, csv_months=min(6, months) if expected < 6_000_000 else 1)
    write_api(world, out)
    facts = Facts(world, users, people, contacted, traffic, tickets, value, history)
    arguments = {"accounts": accounts, "months": months, "events": events, "seed": seed}
    write_truth(facts, out, flagged, early, arguments)
    write_definitions(world, out, _without_files(out))
    stories = {name: int(np.sum(world.plot.story == code)) for code, name in enumerate(STORIES)}
    return DemoSummary(
        folder=folder,
        accounts=accounts,
        months=months,
        seed=seed,
        first_day=day(time.first),
        last_day=day(time.last),
        events=traffic.rows,
        rows=dict(sorted(out.rows.items())),
        stories=stories,
        churned=int(world.churned.sum()),
        planted=len(out.ledger.rows),
    )


def _without_files(out: Folder) -> frozenset[str]:
    archived = any(name.endswith(".parquet") for name in out.rows)
    return frozenset() if archived else frozenset({"product_events_archive"})
