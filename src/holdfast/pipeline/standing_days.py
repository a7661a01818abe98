"""Which stored days stand: nothing that is new in this run can show on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from holdfast.code_digest import code_digest
from holdfast.definitions.bundle import Definitions
from holdfast.errors.lake import DamagedFile
from holdfast.lake import Snapshot
from holdfast.metrics.freshness import covered
from holdfast.scoring.reference import References, reference_days
from holdfast.signals.values import looked_back
from holdfast.state import runs

from .carried_back import first_shown
from .changed_rows import EVER, changed
from .history_tables import PREFIX, STORED, stored_table

if TYPE_CHECKING:
    from holdfast.state.models import Publish

    from .site import Site

Groups = Sequence[tuple[Definitions, list[date]]]


@dataclass(frozen=True)
class Standing:
    """``days`` are kept as they are stored in ``tables``; ``references`` by the hash of their definitions.

    Of the days of ``told`` what conditions say is kept too.
    """

    days: frozenset[date] = frozenset()
    told: frozenset[date] = frozenset()
    tables: Mapping[str, int] = field(default_factory=dict)
    references: Mapping[str, References] = field(default_factory=dict)


def standing_days(
    site: Site, snapshot: Snapshot, versions: Mapping[str, int], groups: Groups, newest: date
) -> Standing:
    """What the last publish left that a rebuild would make again, the day ``newest`` apart.

    A day stands when it was computed by the same code under the same definitions from the same rows, as far as
    they can be seen on it and on the days before it, and when its sources are covered as far as they were.
    """
    last = runs.current()
    if last is None or last.run.facts.get("history", {}).get("made_by") != made_by(site) or not _whole(site, last):
        return Standing()
    new = changed(site.lake, snapshot, last.run.versions, versions)
    if new.first == EVER:
        return Standing()
    firsts = [newest, *([new.first] if new.first else []), *_otherwise_covered(site, snapshot, last, groups)]
    if new.carried:
        then = site.snapshot(last.run.versions)
        shown = [first_shown(then, snapshot, found, asked, new.carried) for found, asked in groups]
        firsts += [day for day in shown if day is not None]
    before = min(firsts)
    references, days = {}, set()
    for definitions, asked in groups:
        if any(day >= before for day in reference_days(definitions.scorecards.values())):
            continue
        stored = {date.fromisoformat(d) for d in last.run.facts["history"]["days"].get(definitions.hash, ())}
        days |= {day for day in stored.intersection(asked) if day < before}
        if definitions.hash in last.run.facts["references"]:
            references[definitions.hash] = References.from_json(last.run.facts["references"][definitions.hash])
    told = same_look_back(_stored_days(last), [day for _, asked in groups for day in asked], days)
    return Standing(frozenset(days), told, dict(last.tables), references)


def _stored_days(last: Publish) -> set[date]:
    return {date.fromisoformat(d) for known in last.run.facts["history"]["days"].values() for d in known}


def same_look_back(then: Iterable[date], now: Iterable[date], standing: Collection[date]) -> frozenset[date]:
    """The days of ``standing`` of which conditions say what they said: scores change since the same days as then."""
    before, after = sorted(set(then)), sorted(set(now))
    found = set()
    for day in standing:
        back = looked_back(after, day)
        if back == looked_back(before, day) and all(d is None or d in standing for d in back.values()):
            found.add(day)
    return frozenset(found)


def _whole(site: Site, last: Publish) -> bool:
    """Whether every file of the stored history is as it was written: days of a damaged one are computed anew."""
    try:
        for name in STORED:
            if (version := last.tables.get(PREFIX + name)) is not None:
                site.lake.table(PREFIX + name).files(version)
    except DamagedFile:
        return False
    return True


def facts(site: Site, groups: Groups) -> dict[str, Any]:
    """What a later run needs to know about the days of this one."""
    return {"made_by": made_by(site), "days": {d.hash: [day.isoformat() for day in days] for d, days in groups}}


def made_by(site: Site) -> list[str]:
    """What stored days rest on beside their rows and the definitions in force on them."""
    settings = site.definitions.settings
    masters = [f"{field}={source}" for field, source in sorted(settings.masters.items())]
    return [code_digest(), site.engine.kind, settings.time_zone, *masters]


def _otherwise_covered(site: Site, snapshot: Snapshot, last: Publish, groups: Groups) -> list[date]:
    """The first day on which a record is covered further, or less far, than it was stored; nothing where none is.

    An account that a late source told of for the first time is held back on earlier days too.
    """
    stored = stored_table(site.lake, site.engine, last.tables, "covered")
    if stored is None:
        return [date.min + timedelta(days=1)]
    days = _stored_days(last)
    asked = {day for _, found in groups for day in found} & days
    then = _rows(site, stored)
    now = frozenset[tuple[Any, ...]]().union(
        *(_rows(site, covered(snapshot, definitions, sorted(days.intersection(found)), "known"))
          for definitions, found in groups if days.intersection(found)))
    return [min(row[0] for row in other)] if (other := {r for r in then ^ now if r[0] in asked}) else []


def _rows(site: Site, table: Any) -> frozenset[tuple[Any, ...]]:
    found = site.engine.arrow(table.select("as_of", "record", "account_id", "covered_to")).to_pydict()
    return frozenset(zip(*found.values(), strict=True))
