"""What every page carries."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx

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
