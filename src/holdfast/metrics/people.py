"""The people of accounts on a day: roles, whom they report to, last two-way contact, and their part of the use."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from holdfast.records import CONTACT

from .derivation import Context
from .grid import KEYS
from .over_rows import as_of_rows
from .rollup.columns import RollupColumn
from .rollup.rollups import Rollups

USE_DAYS = 90
"""Days up to the day over which the use of a person is counted."""
COLUMNS = (
    "account_id", "as_of", "contact_key", "user_key", "name_key", "title_key", "level", "roles", "reports_to_key",
    "present", "departed_on", "known_on", "last_touch_on", "actions", "active_days", "last_active_on",
)
ORDER = ("account_id", "as_of", "contact_key", "user_key")


def people_on(at: Context, day: date) -> ir.Table:
    """One row a contact, and one a user of the last 90 days who is no contact (contact_key null).

    ``actions`` and ``active_days`` count the person channel of the last 90 days; null where nothing is known
    of the use of the account at all or the contact is no user. Two contacts of one user both carry its use.
    """
    used = _use(at, day)
    rows = as_of_rows(at, CONTACT, at.snapshot.days([day]), ("contact_life",))
    local_day = at.snapshot.local_day
    known = rows.select(
        *KEYS, "contact_key", "user_key", "name_key", "title_key", "level", "roles", "reports_to_key", "present",
        "departed_on", "last_touch_on", known_on=local_day(rows.since),
    )
    if used is None:
        none = {"actions": ibis.null("decimal(38, 6)"), "active_days": ibis.null("int64"),
                "last_active_on": ibis.null("date")}
        return known.mutate(**none).select(*COLUMNS)
    mine = used.select(of_account="account_id", of_user="user_key", actions="actions", active_days="active_days",
                       last_active_on="last_active_on")
    contacts = known.left_join(mine, [known.account_id == mine.of_account, known.user_key == mine.of_user])
    named = known.filter(known.user_key.notnull()).select("account_id", "user_key").distinct()
    others = used.anti_join(named, ["account_id", "user_key"])
    bare = {name: ibis.null(known[name].type()) for name in known.columns if name not in (*KEYS, "user_key")}
    rest = others.mutate(as_of=ibis.date(day.isoformat()), **bare)
    return ibis.union(contacts.select(*COLUMNS), rest.select(*COLUMNS))


def _use(at: Context, day: date) -> ir.Table | None:
    """Actions and active days of each user in the window; None where no event was ever recorded."""
    snapshot = at.snapshot
    if not snapshot.loaded("event"):
        return None
    events, actions = RollupColumn("n"), RollupColumn("sum", "quantity")
    rollups = Rollups(snapshot, at.definitions)
    users = rollups.user_days([events, actions])
    rollups.release()
    inside = users.filter(
        users.day > ibis.date((day - timedelta(days=USE_DAYS)).isoformat()), users.day <= ibis.date(day.isoformat()),
        users[events.name] > 0, users.user_key.notnull(),
    )
    return inside.group_by("account_id", "user_key").aggregate(
        actions=inside[actions.name].sum().cast("decimal(38, 6)"), active_days=inside.count().cast("int64"),
        last_active_on=inside.day.max(),
    )
