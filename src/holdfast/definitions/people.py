"""people.yml: who the owners are, their teams and service roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from .model import Definition

SERVICE_ROLES = ("CSM", "manager", "VP", "executive sponsor", "support lead", "onboarding", "product",
                 "finance", "save team", "data")


class Person(Definition):
    """A member of the company, known by e-mail. ``capacity``: cases a week, where it is not the usual one."""

    email: str
    name: str = ""
    team: str | None = None
    roles: tuple[str, ...] = ()
    reports_to: str | None = None
    capacity: Annotated[int, Field(ge=1)] | None = None


class Team(Definition):
    """Working days and hours of a team."""

    team: str
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    hours: str = "09:00-17:00"
    time_zone: str | None = None


class People(Definition):
    """The content of people.yml."""

    people: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    roles: Mapping[str, str] = {}
    """service role -> e-mail of who fills it where no person is nearer"""
