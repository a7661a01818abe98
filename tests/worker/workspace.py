"""A workspace with people, teams and a published run, without data: what the worker needs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

SETTINGS = "company: Example\ncurrency: EUR\ntime_zone: Europe/Berlin\n"
PEOPLE = """people:
  - {email: ana@x.test, team: north, roles: [CSM], reports_to: max@x.test}
  - {email: max@x.test, team: north, roles: [manager]}
teams:
  - {team: north, days: [mon, tue, wed, thu, fri], hours: "09:00-17:00", time_zone: Europe/Berlin}
roles: {VP: vic@x.test, executive sponsor: eva@x.test}
"""
CALENDARS = {"north": {"off": ["2026-04-03", "2026-04-06"], "short": []}}
"""Good Friday and Easter Monday. Summer time begins on Sunday 29 March 2026."""


def berlin(text: str) -> datetime:
    """A moment by the clock of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def make(folder: Path, settings: str = SETTINGS, database: str | None = None) -> Any:
    """A Site with an open state, in PostgreSQL where an address is given."""
    from holdfast.pipeline.site import Site

    folder.mkdir(parents=True, exist_ok=True)
    there = f"database: {database}\n" if database else ""
    (folder / "holdfast.yml").write_text(settings + there, encoding="utf-8")
    (folder / "people.yml").write_text(PEOPLE, encoding="utf-8")
    site = Site(folder)
    site.open_state()
    return site


def row(
    name: str, signal: str = "champion_left", way: str = "champion_departure", further: tuple[int, ...] = ()
) -> Any:
    """An account row with a case that has a clock."""
    return {
        "account_id": name, "band": "neutral", "owner_key": 1, "manager_key": None,
        "actions": [{"signal": signal, "severity": "critical", "opened_on": "2026-03-20"}],
        "case": {"signal": signal, "severity": "critical", "clock": True, "found_on": "2026-03-20", "signals": [signal],
                 "success": None, "way": {"name": way, "further": list(further)}},
    }


def publish(site: Any, day: date, *rows: Any) -> None:
    """Publish rows as a run would, cases and clocks included."""
    from holdfast.definitions.serialise import to_text
    from holdfast.pipeline.cases import take_over
    from holdfast.state import definition_sets, runs

    known = definition_sets.remember(site.definitions.hash, to_text(site.definitions))
    run = runs.start(day, known, {}, "0")
    facts = {"calendars": CALENDARS}
    runs.publish(run, {}, rows, facts, lambda p: take_over(site, p, rows, {1: "ana@x.test"}, CALENDARS))


def state() -> Any:
    """The models, once the state is open."""
    from holdfast.state import case, case_acts, job, models

    return SimpleNamespace(
        case=case, acts=case_acts, job=job, Case=models.Case, Job=models.Job, CaseEvent=models.CaseEvent,
        User=models.User)
