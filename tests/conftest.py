"""Fixtures that tests of several packages share."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from .company import own_company, small_company
from .small_volume import small_volume
from .state_database import database, new_database, postgres

settings.register_profile("no timings", deadline=None)
settings.load_profile("no timings")

COMPILED = "HOLDFAST_COMPILED"
ASKED = small_company.__name__


def pytest_configure(config: pytest.Config) -> None:
    """One file of query texts for all workspaces of the tests, and for the processes that they start."""
    if COMPILED not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="holdfast-tests-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ[COMPILED] = str(folder / "compiled.sqlite3")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One module that asks for the small company first, then those that do not ask, so that no process waits for it."""
    modules = [item.nodeid.partition("::")[0] for item in items]
    asking = dict.fromkeys(
        module for module, item in zip(modules, items, strict=True) if ASKED in getattr(item, "fixturenames", ()))
    order = {**dict.fromkeys(asking, 2), next(iter(asking), ""): 0}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], 1))


__all__ = ["database", "new_database", "own_company", "postgres", "small_company", "small_volume"]
