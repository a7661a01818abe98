"""Contacts with their last two-way contact, and whether and when they left."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

from .in_force import in_force

COLUMNS = {
    "last_touch_on": "Last day with a held meeting, review or call, an answered mail or a message of theirs",
    "silent_from": "The later of the last such day and the day on which the person was first known",
    "departed_on": "Day on which the person left, or on which a job change was seen if that is earlier",
    "present": "Not departed; where no leaving date is known, not stated as left",
    "has_roles": "At least one role is recorded",
}


@derivation("contact_life", beside=("external_signal", "interaction", "message"))
def contact_life(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add last touch, silence, departure, presence and whether roles are recorded."""
    kept = rows.columns
    local_day = context.snapshot.local_day
    touched = context.reads("last_touch_on", "silent_from")
    t = _join(rows, _touches(context)) if touched else rows.mutate(last_touch_on=ibis.null("date"))
    t = _join(t, _job_changes(context))
    t = _join(t, _dated_leavers(context))
    left_on = local_day(t.left_at)
    departed_on = ibis.least(left_on, t.job_change_on)
    gone = departed_on.notnull() | ((t.status == "left").fill_null(False) & t.dated_leaver.isnull())
    first = local_day(t.since)
    return t.mutate(
        departed_on=departed_on, present=~gone, has_roles=(t.roles.notnull() & (t.roles != "")),
        silent_from=ibis.greatest(t.last_touch_on, first),
    ).select(*kept, "last_touch_on", "silent_from", "departed_on", "present", "has_roles")


def _touches(context: Context) -> ibis.Table:
    """Last day on which the contact took part: a held meeting, review or call, a reply, a message written."""
    local_day = context.snapshot.local_day
    talks = context.snapshot.as_of("interaction", context.days, context.clock)
    met = ibis.ifelse(talks.kind.isin(("meeting", "review", "call")), talks.held_at, ibis.null("timestamp"))
    talks = talks.select("as_of", "contact_key", touch_at=ibis.greatest(met, talks.replied_at))
    notes = context.snapshot.as_of("message", context.days, context.clock)
    notes = notes.filter(notes.direction == "inbound")
    notes = notes.select("as_of", "contact_key", touch_at="sent_at")
    every = ibis.union(talks, notes, distinct=False)
    every = every.filter(every.contact_key.notnull(), every.touch_at.notnull())
    last = every.group_by("as_of", "contact_key").agg(touch_at=every.touch_at.max())
    return last.select("as_of", "contact_key", last_touch_on=local_day(last.touch_at))


def _job_changes(context: Context) -> ibis.Table:
    signs = context.snapshot.as_of("external_signal", context.days, context.clock)
    signs = signs.filter(signs.kind == "job change", signs.contact_key.notnull())
    last = signs.group_by("as_of", "contact_key").agg(seen_at=signs.observed_at.max())
    return last.select("as_of", "contact_key", job_change_on=context.snapshot.local_day(last.seen_at))


def _dated_leavers(context: Context) -> ibis.Table:
    """Contacts with a leaving date, perhaps still to come: for them the date decides, and not the status."""
    return in_force(context, "contact", "contact_key", "left_at", ()).mutate(dated_leaver=ibis.literal(True))


def _join(t: ibis.Table, other: ibis.Table) -> ibis.Table:
    other = other.rename(joined_key_="contact_key", joined_day_="as_of")
    joined = t.left_join(other, [t.contact_key == other.joined_key_, t.as_of == other.joined_day_])
    return joined.drop("joined_key_", "joined_day_")
