"""How many users of each kind an account has: champions, power users, regular, casual, at risk, dormant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine, Snapshot
from holdfast.metrics.rollup.stored_rows import stored_rows
from holdfast.metrics.rollup.user_use import ACTIONS, FEATURES, N, Span, person_days, user_use
from holdfast.signals.first_match import first_match

from .day_inputs import DayInputs
from .published import Published
from .user_kinds import activation

Rows = list[dict[str, Any]]
KNOWN_DAYS = 180
"""Users are those who were active in so many days; who came before and never again is none any more."""
LEFT = "left"
_PEOPLE = pa.schema([("account_id", pa.string()), ("user_key", pa.int64()), ("contact", pa.bool_()),
                     ("present", pa.bool_()), ("champion", pa.bool_())])


def user_segments(
    published: Published, inputs: DayInputs, people: Mapping[str, Rows | None], ends: Mapping[str, date]
) -> dict[str, dict[str, Any]]:
    """By account the segments of its users on its day of ``ends``: users, share of all active users, strategy.

    The shares of active segments are of the active users, those of the others of all users. ``unknown`` are users
    of whom it cannot be told, ``left`` those whose contact left the customer.
    """
    snapshot = published.site.snapshot(published.versions)
    asked = snapshot.cut(inputs.day) if inputs.clock == "believed" else snapshot
    found = {}
    for end in sorted(set(ends.values())):
        accounts = [account for account, last in ends.items() if last == end]
        given = [{**row, "account_id": account} for account in accounts for row in people[account] or []]
        counted = counts(asked, inputs.definitions, given, end, accounts)
        for account in accounts:
            found[account] = shares(None if counted is None else counted[account], inputs.definitions, end)
    return found


def all_user_segments(published: Published) -> dict[str, Counter[str | None]] | None:
    """Account -> segment -> users of the published day; None where no use is stored by day."""
    covered = [row["covered_to"] for row in published.read("covered", days=[published.as_of]).to_pylist()
               if row["record"] == "event" and row["covered_to"] is not None]
    end = min(published.as_of, max(covered, default=published.as_of))
    snapshot = published.site.snapshot(published.versions)
    people = published.read("people").to_pylist() if published.files("people") else None
    with published.site.engine.scratch():
        return counts(snapshot, published.site.definitions, people, end, None)


def counts(
    snapshot: Snapshot, definitions: Definitions, people: Rows | None, end: date,
    accounts: Sequence[str] | None,
) -> dict[str, Counter[str | None]] | None:
    """Account -> segment -> users, of some accounts or of all."""
    rows = stored_rows(snapshot, definitions, (N, ACTIONS, FEATURES), accounts)
    if rows is None:
        return None
    after = Span.upto(end)
    spans = {"before": Span.upto(after.first - timedelta(days=1)), "after": after}
    use = user_use(person_days(rows, end), spans, activation(definitions)[0])
    use = use.filter(use.last_on > ibis.date((end - timedelta(days=KNOWN_DAYS)).isoformat()))
    named = _named(snapshot.engine, use, people, end)
    choices = [(one.segment, one.when) for one in definitions.user_segments]
    placed = named.select("account_id", segment=ibis.ifelse(named.gone, LEFT, first_match(named, choices)))
    totals = placed.group_by("account_id", "segment").aggregate(users=placed.count())
    found: dict[str, Counter[str | None]] = defaultdict(Counter)
    for row in snapshot.engine.arrow(totals).to_pylist():
        found[row["account_id"]][row["segment"]] = row["users"]
    return found


def _named(engine: Engine, use: ir.Table, people: Rows | None, end: date) -> ir.Table:
    """Users with the names that conditions may use; ``gone`` where the person left the customer."""
    known: dict[tuple[str, int], dict[str, Any]] = {}
    with_roles = {row["account_id"] for row in people or [] if row["roles"]}
    for row in people or []:
        if row["contact_key"] is not None and row["user_key"] is not None:
            key = (row["account_id"], row["user_key"])
            one = known.setdefault(key, {"contact": True, "present": False, "champion": False})
            one["present"] |= bool(row["present"])
            one["champion"] |= bool(row["present"]) and "champion" in (row["roles"] or "").split("|")
    data = [{"account_id": a, "user_key": u, **one} for (a, u), one in known.items()]
    sides = engine.frame(pa.Table.from_pylist(data, _PEOPLE))
    roles = engine.frame(pa.table({"account_id": pa.array(sorted(with_roles), pa.string())}))
    roles = roles.mutate(roles_known=ibis.literal(True))
    t = use.left_join(sides, ["account_id", "user_key"]).drop("account_id_right", "user_key_right")
    t = t.left_join(roles, "account_id").drop("account_id_right")
    last = ibis.date(end.isoformat())
    return t.select(
        "account_id", "features", "actions", active_days="after", active_days_before="before",
        days_idle=last.delta(t.last_on, unit="day"), days_known=last.delta(t.first_on, unit="day"),
        champion=ibis.ifelse(t.roles_known.fill_null(False), t.champion.fill_null(False), ibis.null("boolean")),
        contact=t.contact.fill_null(False), gone=(t.contact.fill_null(False) & ~t.present.fill_null(True)),
    )


def shares(found: Mapping[str | None, int] | None, definitions: Definitions, end: date) -> dict[str, Any]:
    """The counts as a document: dormant users are never counted among the active."""
    head: dict[str, Any] = {"as_of": end.isoformat(), "known_days": KNOWN_DAYS}
    if not found:
        why = "no use is recorded by day" if found is None else f"no user was active in {KNOWN_DAYS} days"
        return {**head, "why": why, "segments": [], "active": None, "users": None, "left": None, "unknown": None}
    listed = definitions.user_segments
    active = sum(found.get(one.segment, 0) for one in listed if one.active)
    users = sum(n for name, n in found.items() if name != LEFT)
    return {
        **head, "why": None,
        "segments": [
            {"segment": one.segment, "label": one.label, "active": one.active, "users": found.get(one.segment, 0),
             "share": _share(found.get(one.segment, 0), active if one.active else users), "strategy": one.strategy}
            for one in listed
        ],
        "active": active, "users": users, "left": found.get(LEFT, 0), "unknown": found.get(None, 0),
    }


def by_name(found: Mapping[str | None, int]) -> dict[str, int]:
    """The counts of one account, unknown ones under that name."""
    return {name or "unknown": n for name, n in sorted(found.items(), key=lambda item: item[0] or "~")}


def totals(accounts: Iterable[Mapping[str | None, int]], definitions: Definitions) -> Rows:
    """The users of many accounts together by segment, then those who left and those of whom it cannot be told."""
    whole: Counter[str | None] = Counter()
    for one in accounts:
        whole.update(one)
    counted = sum(whole[one.segment] for one in definitions.user_segments if one.active)
    users = sum(n for name, n in whole.items() if name != LEFT)
    rows = [
        {"segment": one.segment, "label": one.label, "active": one.active, "users": whole[one.segment],
         "share": _share(whole[one.segment], counted if one.active else users)}
        for one in definitions.user_segments
    ]
    rest = {"active": False, "share": None}
    return [*rows, {"segment": LEFT, "label": "Left the customer", "users": whole[LEFT], **rest},
            {"segment": None, "label": "Unknown", "users": whole[None], **rest}]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
