"""Upkeep at the end of a run: small files merged, and what no kept run binds removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from holdfast.failpoint import failpoint
from holdfast.lake import ROLLUP, Lake, duckdb_engine
from holdfast.lake.tidy import Tidied, tidy
from holdfast.state import kept

from .site import Site


def upkeep(site: Site) -> Tidied:
    """Compact and clean up after a publish, while the run lock is held; readers of kept runs notice nothing.

    Roll-ups that no kept run binds, those of definitions that are gone, are removed as a whole.
    """
    settings, staging = site.definitions.settings.engine, site.data / "staging" / "upkeep"
    bound = kept.versions()
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    engine = duckdb_engine(settings.threads, settings.memory, staging / "spill")
    try:
        engine.sql("SET TimeZone = 'UTC'")
        failpoint("upkeep.before")
        found = tidy(site.lake, engine.con.con, staging, bound)
        for name in site.lake.versions():
            if name.startswith(ROLLUP) and name not in bound:
                _drop(site.lake, name, staging)
        failpoint("upkeep.after")
    finally:
        engine.close()
        shutil.rmtree(staging, ignore_errors=True)
    return found


def _drop(lake: Lake, name: str, staging: Path) -> None:
    """Take a table away in one step, so that a kill leaves no half of it."""
    lake.table(name).folder.rename(staging / name)
    failpoint("upkeep.roll_up_dropped")
