"""What every page carries."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx

from holdfast.web.routes import EXPORTS, ROUTES

from .server import Served

STORED = """
import sys, holdfast
print(holdfast.open(sys.argv[1]).published.publish.published_at.isoformat())
"""


def test_the_time_of_the_publish_is_that_of_the_company(application: Served, browsers: dict[str, httpx.Client]) -> None:
    page = browsers["administrator"].get("/accounts").text
    said = subprocess.run(
        [sys.executable, "-c", STORED, str(application.folder)], capture_output=True, text=True, check=True)
    moment = datetime.fromisoformat(said.stdout.strip()).astimezone(ZoneInfo("Europe/Berlin"))
    shown = re.search(r", published ([^<]+)<", page)
    assert shown is not None
    assert shown[1].endswith(f"{moment:%H:%M}")


def test_no_page_shows_values_as_a_program_writes_them(browsers: dict[str, httpx.Client]) -> None:
    for route in ROUTES:
        if "<" not in route.path and route.name not in EXPORTS:
            page = browsers["administrator"].get(f"/{route.path}", follow_redirects=True).text
            assert not re.search(r"(?:\{|\[|: )&#x27;|&lt;\w+ object|>None<", page), route.path
