"""Which table versions the kept runs bind: clean-up spares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from .models import Publish

RUNS = 14
"""so many of the last runs are kept whole"""
WEEKS = 8
"""for so many weeks the last run of each Sunday is kept whole"""


def versions() -> dict[str, set[int]]:
    """Table -> the versions that are kept.

    Of the last runs and of the last Sundays all that they were bound to and all that they published; of the
    last run of each month what it published.
    """
    publishes = list(Publish.objects.select_related("run").order_by("-pk"))
    found: dict[str, set[int]] = defaultdict(set)
    whole = [*publishes[:RUNS], *_sundays(publishes)]
    for publish in whole:
        _add(found, publish.run.versions)
    for publish in [*whole, *_last_of_months(publishes)]:
        _add(found, publish.tables)
    return dict(found)


def _sundays(newest_first: list[Publish]) -> Iterator[Publish]:
    """The last publish for each Sunday of the last weeks, counted from the newest day."""
    seen = set()
    for publish in newest_first:
        recent = publish.as_of > newest_first[0].as_of - timedelta(weeks=WEEKS)
        if publish.as_of.isoweekday() == 7 and recent and publish.as_of not in seen:
            seen.add(publish.as_of)
            yield publish


def _last_of_months(newest_first: list[Publish]) -> Iterator[Publish]:
    latest: dict[str, Publish] = {}
    for publish in newest_first:
        month = f"{publish.as_of:%Y-%m}"
        if month not in latest or publish.as_of > latest[month].as_of:
            latest[month] = publish
    yield from latest.values()


def _add(found: dict[str, set[int]], tables: dict[str, int]) -> None:
    for name, version in tables.items():
        found[name].add(version)
