"""Which definitions were in force on a day."""

from __future__ import annotations

from datetime import date

from holdfast.clock import now

from .models import DefinitionSet, Publish


def remember(hash_: str, text: str) -> DefinitionSet:
    """Keep the text of definitions under their hash; the same definitions are kept once."""
    found, _ = DefinitionSet.objects.get_or_create(
        hash=hash_, defaults={"text": text, "created_at": now()}
    )
    return found


def periods() -> list[tuple[date, DefinitionSet]]:
    """(first day, definitions) in order of days: each publish is in force from its as-of day on.

    The first also holds for all earlier days. Of several publishes for one day the last counts.
    """
    by_day: dict[date, DefinitionSet] = {}
    for publish in Publish.objects.select_related("definitions").order_by("pk"):
        by_day[publish.as_of] = publish.definitions
    steps: list[tuple[date, DefinitionSet]] = []
    for day in sorted(by_day):
        if not steps or steps[-1][1].hash != by_day[day].hash:
            steps.append((day, by_day[day]))
    return steps


def in_force(day: date) -> DefinitionSet | None:
    """The definitions of the last publish on or before ``day``, else those of the first; None before any."""
    steps = periods()
    earlier = [found for first, found in steps if first <= day]
    return earlier[-1] if earlier else (steps[0][1] if steps else None)
