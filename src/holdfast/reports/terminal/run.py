"""The short summary that ends a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from holdfast.charts.bands import BANDS
from holdfast.charts.number import number
from holdfast.reports.words import clean, day_full, plural

from .batches import batches_table
from .pieces import add, band, heading, table, text

PURPOSES = {
    "duplicates": "to tell duplicates", "roll_up": "to roll up new days", "evaluation": "to evaluate",
    "upkeep": "to merge files",
}


def run_summary(document: Mapping[str, Any]) -> RenderableType:
    """What a run did.

    ``document`` has as_of, lag_days, run (its number), seconds, batches, refused, no_files, unresolved, drift,
    accounts, bands (name to count), event_bytes (what for to bytes), days_evaluated, days_stored and metrics; what is
    absent is left out.
    """
    document = clean(document)
    lag = document.get("lag_days")
    note = f"as of {day_full(document.get('as_of'))}" + (f", {plural(int(lag), 'day')} behind the clock" if lag else "")
    parts: list[RenderableType] = [heading(f"Run {document.get('run') or '–'} is published", note)]
    if document.get("batches") is not None:
        parts.append(batches_table(document["batches"]))
    parts += _troubles(document)
    parts += _bands(document)
    if document.get("event_bytes"):
        parts.append(text(_read(document["event_bytes"]), "dim"))
    if document.get("days_stored"):
        parts.append(text(_computed(int(document["days_evaluated"]), int(document["days_stored"])), "dim"))
    if document.get("seconds") is not None:
        parts.append(text(f"Took {number(float(document['seconds']), 1)} s.", "dim"))
    return Group(*parts)


def _computed(made: int, stored: int) -> str:
    """How many of the stored days were computed; the others show nothing new.

    >>> _computed(1, 55), _computed(55, 55)
    ('Computed 1 day of the 55 that are stored; the others stand.', 'Computed all 55 stored days.')
    """
    if made == stored:
        return f"Computed all {plural(stored, 'stored day')}."
    return f"Computed {plural(made, 'day')} of the {stored} that are stored; the others stand."


def _read(event_bytes: Mapping[str, int]) -> str:
    """How much of the event table was read, in MB of 1,000,000 bytes, a file counted whole each time."""
    parts = [f"{PURPOSES[k]} {number(n / 1e6, 1)} MB" for k, n in event_bytes.items() if n and k in PURPOSES]
    total = number(sum(event_bytes.values()) / 1e6, 1)
    return f"Read {total} MB of stored events" + (f": {', '.join(parts)}." if parts else ".")


def _troubles(document: Mapping[str, Any]) -> list[RenderableType]:
    found = [
        f"▲ {batch['source']}: {batch.get('file') or batch['batch_id']} is {batch['state']}; its last good state stays."
        for batch in document.get("batches") or []
        if batch.get("state") in ("held", "refused")
    ]
    for entry in document.get("refused") or []:
        place = entry.get("file") or entry.get("source")
        then = f" Next: {entry['next']}" if entry.get("next") else ""
        found.append(f"✕ {place} is refused: {entry.get('reason') or 'it cannot be read'}.{then}")
    if document.get("no_files"):
        found.append(f"◌ No file has come yet for {', '.join(document['no_files'])}: see files: in sources/.")
    if document.get("unresolved"):
        found.append(f"◌ {plural(int(document['unresolved']), 'row')} wait for an account that is not known yet.")
    if document.get("drift"):
        found.append(f"▲ Columns changed in {plural(len(document['drift']), 'file')}: see holdfast quality.")
    return [text(line) for line in found]


def _bands(document: Mapping[str, Any]) -> list[RenderableType]:
    bands = document.get("bands") or {}
    if not bands:
        return []
    made = table(("Band", ""), ("Accounts", "right"))
    for entry in BANDS:
        add(made, [band(entry.name), number(int(bands.get(entry.name, 0)))])
    add(made, ["Total", number(sum(int(count) for count in bands.values()))], "bold")
    return [text(""), made]
