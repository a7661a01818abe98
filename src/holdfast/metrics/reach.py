"""How far back a metric looks, and from which day on a record can be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from holdfast.definitions.metric import Metric
from holdfast.lake.text_marks import TOLD
from holdfast.records import CONTACT, READABLE, TEXT_MARK

from . import record_context as context
from .derivation import BESIDE, Context
from .plan import inputs
from .rollup.users import OF_CONTACTS


def windows(metrics: Mapping[str, Metric], name: str) -> dict[str, int]:
    """The longest window, in days, through which a metric looks at each dated record."""
    metric = metrics[name]
    used = inputs(metric, metrics)
    if not used:
        if metric.record is None or metric.window_days is None:
            return {}
        return {metric.record: metric.window_days}
    longest: dict[str, int] = {}
    for inner in used:
        for record, days in windows(metrics, inner).items():
            longest[record] = max(days, longest.get(record, 0))
    return longest


def records_read(metric: Metric) -> set[str]:
    """The records whose rows a metric over rows looks at; nothing for one that is computed from others."""
    if metric.record is None:
        return set()
    derived = set(metric.derived)
    found = {metric.record}
    if metric.users is not None and metric.users.take in OF_CONTACTS:
        found.add(CONTACT.name)
        derived.add("contact_life")
    if metric.record == TEXT_MARK.name:
        found.update(told.record.name for told in TOLD)
    return found.union(*(BESIDE[name] for name in derived))


def first_days(at: Context, records: Iterable[str]) -> dict[str, date]:
    """The first local day of each record that has dates of its own."""
    found = {r: _first_day(at, r) for r in sorted(set(records)) if READABLE[r].dated_by}
    return {record: first for record, first in found.items() if first is not None}


def _first_day(at: Context, record: str) -> date | None:
    def find() -> date | None:
        if record == "event":
            rows = at.snapshot.event_days
            day = rows.day
        else:
            rows = at.snapshot.rows(record)
            day = context.day(at.snapshot, rows, READABLE[record], None)
        first: date | None = at.snapshot.engine.arrow(rows.aggregate(first=day.min()))["first"][0].as_py()
        return first

    return at.snapshot.once(("first day", record), find)
