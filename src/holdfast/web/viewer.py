"""Who looks at cases, when, and by which working hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest

from holdfast.clock import now
from holdfast.workspace.clocks import Clocks

from .desk import Desk
from .person import person
from .sections import Viewer


def viewer_of(request: HttpRequest, here: Desk) -> Viewer:
    """The signed-in person at this moment, by the clock of the company."""
    user = person(request)
    return Viewer(user.email, user.role, now(), ZoneInfo(here.workspace.site.definitions.settings.time_zone))


def clocks_of(here: Desk) -> Clocks:
    """The working hours of the teams, with the days off that the published run knew."""
    published = here.workspace.published
    return published.kept("clocks", lambda: Clocks(
        here.workspace.site.definitions, published.publish.run.facts.get("calendars", {})))
