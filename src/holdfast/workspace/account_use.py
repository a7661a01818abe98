"""What the users of accounts did in two spans each, read from the stored roll-up for many accounts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.lake import Snapshot
from holdfast.metrics.rollup.stored_rows import stored_rows
from holdfast.metrics.rollup.use_parts import beside, by_features, by_source
from holdfast.metrics.rollup.user_use import USE_COLUMNS, Span, person_days, user_use

from .day_inputs import DayInputs
from .published import Published
from .user_kinds import activation

Used = Mapping[str, "list[dict[str, Any]]"]
"""``users``, ``features``, ``sources`` and ``beside`` of one account."""
PARTS = ("users", "features", "sources", "beside")


def use_of(
    published: Published, inputs: DayInputs, spans: Mapping[str, tuple[Span, Span]]
) -> dict[str, Used] | None:
    """By account its use before and after; None where no use is stored by day."""
    snapshot: Snapshot = published.site.snapshot(published.versions)
    if inputs.clock == "believed":
        snapshot = snapshot.cut(inputs.day)
    alike: dict[tuple[Span, Span], list[str]] = defaultdict(list)
    for account, asked in spans.items():
        alike[asked].append(account)
    found: dict[str, Used] = {}
    for (before, after), accounts in alike.items():
        used = _used(snapshot, inputs, accounts, before, after)
        if used is None:
            return None
        found |= used
    return found


def _used(
    snapshot: Snapshot, inputs: DayInputs, accounts: Sequence[str], before: Span, after: Span
) -> dict[str, Used] | None:
    rows = stored_rows(snapshot, inputs.definitions, USE_COLUMNS, accounts)
    if rows is None:
        return None
    engine = snapshot.engine
    rows = engine.cache(rows)
    days = engine.cache(person_days(rows, after.last))
    asked = {
        "users": user_use(days, {"before": before, "after": after}, activation(inputs.definitions)[0]),
        "features": by_features(days, before, after), "sources": by_source(rows, days, before, after),
        "beside": beside(rows, before, after),
    }
    found: dict[str, dict[str, list[dict[str, Any]]]] = {one: {part: [] for part in PARTS} for one in accounts}
    for part, table in asked.items():
        for row in engine.arrow(table).to_pylist():
            found[row.pop("account_id")][part].append(row)
    return {**found}
