"""The run: ingest, roll up, evaluate, publish. Idempotent; a killed one is run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DatabaseError

import holdfast
from holdfast.clock import now
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.serialise import to_text
from holdfast.errors.workspace import NoData, NoScorecard
from holdfast.evaluate.account_rows import account_rows
from holdfast.evaluate.days import default_day, history_days
from holdfast.evaluate.green_history import green_history
from holdfast.evaluate.signal_history import signal_history
from holdfast.fewer_collections import fewer_collections
from holdfast.lake import PERSONS, TEXT_MARKS, TEXTS, Snapshot
from holdfast.metrics.derivation import Context
from holdfast.metrics.people import people_on
from holdfast.metrics.rollup.stored import rollup_name
from holdfast.records import RECORDS
from holdfast.shortage import shortage_named
from holdfast.state import definition_sets, runs
from holdfast.state.lock import only_run
from holdfast.state.models import Run
from holdfast.text.reader import Reader

from .at_work import at_work
from .cases import calendars, case_rows, take_over
from .evaluated import evaluated
from .event_bytes import EventBytes
from .history_tables import ORDER, History, Stored, write_published
from .periods import by_definitions
from .read_texts import read_texts
from .roll_up import roll_up
from .signal_tables import write_signals
from .site import Site
from .staff import staff
from .standing_days import Groups, Standing, facts, standing_days
from .stored_conditions import stored_conditions
from .stored_history import stored_history
from .take_in import take_in
from .upkeep import upkeep

Progress = Callable[[str, int, int], None]


def run(
    site: Site,
    *,
    as_of: date | None = None,
    weeks: int | None = None,
    daily: int | None = None,
    full: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> dict[str, Any]:
    """Read what is new, evaluate, and publish whole. Returns the summary as plain data.

    ``weeks`` and ``daily`` stand in for the settings ``history`` and ``daily``: Sundays and single days to store.
    Raises RunInProgress where another run is at work, NoScorecard, NoData where there is no day to score.
    Whatever fails, the last publish stays.
    """
    definitions = site.definitions
    if not definitions.scorecards:
        raise NoScorecard(folder=str(site.folder))
    memory = definitions.settings.engine.memory
    with shortage_named(site.data, memory), only_run(site.data), at_work(site) as site, fewer_collections():
        site.open_state()
        begun, read = now(), EventBytes(site.lake)
        report = take_in(site, progress)
        read.so_far("duplicates")
        reader = Reader(definitions.settings.competitors)
        report["texts_read"] = read_texts(site.lake, reader, site.data / "staging" / "texts", progress)
        bound = {*RECORDS, PERSONS, TEXTS, TEXT_MARKS}
        versions = {name: v for name, v in site.lake.versions().items() if name in bound}
        versions |= _rolled_up(site, [definitions], versions, full, progress)
        snapshot = site.snapshot(versions)
        today = now().astimezone(ZoneInfo(definitions.settings.time_zone)).date()
        day = as_of or default_day(snapshot, today)
        if day is None:
            raise NoData(folder=str(site.folder))
        settings = definitions.settings
        asked = history_days(
            day, settings.weeks if weeks is None else weeks, settings.days if daily is None else daily)
        groups = by_definitions(asked, definitions, day)
        earlier = [found for found, _ in groups if found is not definitions]
        versions |= _rolled_up(site, earlier, versions, full, progress)
        read.so_far("roll_up")
        snapshot = site.snapshot(versions) if earlier else snapshot
        standing = Standing() if full else standing_days(site, snapshot, versions, groups, day)
        remembered = definition_sets.remember(definitions.hash, to_text(definitions))
        record = runs.start(day, remembered, versions, holdfast.__version__)
        try:
            published = _publish(site, snapshot, record, day, groups, standing, progress)
        except BaseException as error:
            _note_failure(record, error)
            raise
        read.so_far("evaluation")
        progress("Upkeep", 0, 1)
        tidied = upkeep(site)
        progress("Upkeep", 1, 1)
        read.so_far("upkeep")
        runs.note(record, {"event_bytes": read.found, "upkeep": asdict(tidied)})
    return {
        "company": definitions.settings.company,
        "as_of": day.isoformat(),
        "lag_days": (today - day).days,
        "run": record.pk,
        "event_bytes": read.found,
        "seconds": round((now() - begun).total_seconds(), 1),
        **report,
        **published,
    }


def _note_failure(record: Run, error: BaseException) -> None:
    """On a full disk not even this can be written; the next run notes it then."""
    with suppress(DatabaseError):
        runs.fail(record, str(error))


def _rolled_up(
    site: Site, definitions: Sequence[Definitions], versions: Mapping[str, int], full: bool, progress: Progress
) -> dict[str, int]:
    """The roll-ups that the definitions need, brought up to the bound events; their versions by name."""
    found: dict[str, int] = {}
    for number, one in enumerate(definitions):
        progress("Roll-ups", number, len(definitions))
        if rollup_name(one, site.definitions.settings.time_zone) not in versions:
            found |= roll_up(
                site.lake, site.engine, one, versions.get("event"), site.definitions.settings.time_zone,
                site.data / "staging" / "rollup", full=full,
            )
        progress("Roll-ups", number + 1, len(definitions))
    return found


def _publish(
    site: Site, snapshot: Snapshot, record: Run, day: date, groups: Groups, standing: Standing, progress: Progress
) -> dict[str, Any]:
    fresh, references = evaluated(snapshot, groups, standing, progress)
    names: list[str] = []

    def written(name: str) -> None:
        names.append(name)
        progress("Tables", len(names), len(ORDER))

    staging = site.data / "staging" / f"run-{record.pk}"
    history = History(site.lake, site.engine, staging, f"run-{record.pk}")
    tables = history.write(fresh, Stored(standing.days, standing.tables), written)
    evaluations = stored_history(site.lake, site.engine, tables, groups, fresh[-1][0])
    progress("Signals", 0, 1)
    periods, told = stored_conditions(history, groups, evaluations, standing)
    tables |= told
    stored = [d for _, days in groups for d in days]
    signals = signal_history(site.engine, periods, stored)
    beside = {
        "green_checks": green_history(site.engine, periods, stored),
        "people": people_on(Context(snapshot, site.definitions, "known"), day) if snapshot.loaded("contact") else None,
    }
    tables |= write_signals(site.lake, site.engine, signals, beside, staging, f"run-{record.pk}")
    progress("Signals", 1, 1)
    tables |= write_published(site.lake, site.engine, evaluations[-1], day, record.pk, staging)
    progress("Publish", 0, 1)
    people = staff(site, record.versions)
    rows = account_rows(
        site.engine, site.definitions, evaluations, day, day - timedelta(days=7), people, signals.findings,
    )
    rows = case_rows(site, rows, evaluations, day, signals.findings, people)
    days_off = calendars(site, snapshot)
    known = {
        "references": references, "accounts": len(rows), "calendars": days_off, "history": facts(site, groups),
    }
    runs.publish(record, tables, rows, known, lambda published: take_over(site, published, rows, people, days_off))
    progress("Publish", 1, 1)
    bands: dict[str, int] = {}
    for row in rows:
        bands[row["band"]] = bands.get(row["band"], 0) + 1
    return {
        "accounts": len(rows), "bands": bands, "metrics": len(site.definitions.metrics),
        "days_evaluated": sum(len(days) for _, days in fresh), "days_stored": len(stored),
    }
