"""One demo company of the default size in accounts and months, with fewer events, for all tests of this folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from holdfast.demo import DemoSummary, write_demo


@dataclass(frozen=True)
class Company:
    folder: Path
    summary: DemoSummary
    truth: dict[str, Any]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("demo")
    summary = write_demo(folder, accounts=400, months=18, events=250_000, seed=3)
    return Company(folder, summary, json.loads((folder / "truth/truth.json").read_text(encoding="utf-8")))
