"""What every page carries."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import httpx

from .server import Served


def test_the_time_of_the_publish_is_that_of_the_company(application: Served, browsers: dict[str, httpx.Client]) -> None:
    page = browsers["administrator"].get("/accounts").text
    with sqlite3.connect(application.folder / ".holdfast" / "state.sqlite3") as state:
        (stored,) = state.execute("SELECT max(published_at) FROM state_publish").fetchone()
    moment = datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    shown = re.search(r", published ([^<]+)<", page)
    assert shown is not None
    assert shown[1].endswith(f"{moment:%H:%M}")
