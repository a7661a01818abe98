"""What each engine can do, in one table; what it cannot is refused by name, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfast.errors.lake import EngineCannot


@dataclass(frozen=True)
class Capability:
    """Something a workspace may ask of its engine. ``lacking`` names the engines without it, with the reason."""

    name: str
    about: str
    lacking: Mapping[str, str]


ENGINES = ("duckdb", "spark")

_OWN = "rows are read, cast and counted where the files lie, by the embedded engine, whichever engine is named"
_IN_RUN = "the run itself reads the texts, in one process, whichever engine is named"
_FINISHED = "finished tables are read by the embedded engine at once, whichever engine made them"
_MERGED = "files are merged where they lie, by the embedded engine, whichever engine is named"
_CLUSTER = "a Spark session is sized by its own configuration"

CAPABILITIES: tuple[Capability, ...] = (
    Capability("metrics", "metrics of every primitive, with the same values to 1e-9", {}),
    Capability("scores", "scores, components, limits and adjustments, with the same values to 1e-9", {}),
    Capability("time zones", "local days of any zone, by the zone's own transitions", {}),
    Capability("parquet", "reading and writing Parquet files in order", {}),
    Capability("ingest", "reading exports into the lake", {"spark": _OWN}),
    Capability("quality", "the quality document and the rows in quarantine", {"spark": _OWN}),
    Capability("text marks", "reading mood and mentions in texts", {"spark": _IN_RUN}),
    Capability("upkeep", "merging small files and removing old ones", {"spark": _MERGED}),
    Capability("looking", "pages, single accounts, `holdfast try`, exports", {"spark": _FINISHED}),
    Capability("threads", "a number of threads set by `engine: threads`", {"spark": _CLUSTER}),
    Capability("own statements", "running the text of a statement", {"spark": "the texts are DuckDB's SQL"}),
)


def require(engine: str, name: str) -> None:
    """Raise EngineCannot where ``engine`` lacks the capability ``name``.

    >>> require("duckdb", "threads")
    >>> require("spark", "threads")
    Traceback (most recent call last):
    holdfast.errors.lake.EngineCannot: engine spark: threads is not possible: a Spark session is sized by ...
    """
    found = next(c for c in CAPABILITIES if c.name == name)
    if engine in found.lacking:
        raise EngineCannot(engine=engine, capability=name, why=found.lacking[engine])
