"""A state database with somebody in it, and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.state.database import close_state, open_state

MORNING = datetime(2026, 3, 17, 8, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """``office.ana`` writes, ``office.clock`` says when."""
    open_state(tmp_path / "data", database)
    from holdfast.state import models

    def clock(moment: datetime) -> None:
        monkeypatch.setenv("HOLDFAST_NOW", moment.isoformat())

    clock(MORNING)
    yield SimpleNamespace(clock=clock, ana=models.User.objects.create_user("ana@x.test"),
                          max=models.User.objects.create_user("max@x.test"))
    close_state()
