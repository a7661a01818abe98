"""A workspace while a run is at work on it: with the engine that holdfast.yml names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from .site import Site

if TYPE_CHECKING:
    from holdfast.lake import Engine


class OnSpark(Site):
    """The workspace with the Spark session of its settings, begun when it is first used."""

    @cached_property
    def engine(self) -> Engine:
        """Steps lie in the workspace, which all workers of a cluster see; those of a killed run are removed."""
        from holdfast.lake import spark_engine

        master = self.definitions.settings.engine.spark
        assert master
        return spark_engine(master, self.data / "staging" / "spark")

    def close(self) -> None:
        """End the session, so that it holds nothing of the cluster."""
        if "engine" in self.__dict__:
            self.engine.close()


@contextmanager
def at_work(site: Site) -> Iterator[Site]:
    """The workspace with its engine for the time of a run, while the run lock is held."""
    settings = site.definitions.settings.engine
    if not settings.spark:
        yield site
        return
    if settings.threads:
        from holdfast.lake.capabilities import require

        require("spark", "threads")
    working = OnSpark(site.folder)
    working.definitions = site.definitions
    try:
        yield working
    finally:
        working.close()
