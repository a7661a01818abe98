"""Rows of measurements, and what they were measured on."""

from __future__ import annotations

import os
import platform
import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

PACKAGES = ("holdfast", "duckdb", "ibis-framework", "pyarrow", "deltalake")


@dataclass(frozen=True)
class Measurement:
    """One piece of work: its median seconds over ``times`` repeats, and the process' peak memory in MB so far."""

    work: str
    size: str
    seconds: float
    times: int
    memory: float


def measure(work: str, size: str, do: Callable[[], object], times: int) -> Measurement:
    """Time ``do`` so many times. Imports that it causes count in its first repeat only."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        do()
        taken.append(time.perf_counter() - begun)
    return Measurement(work, size, median(taken), times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def machine() -> dict[str, str]:
    """Date, machine and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GB, {_processor()}",
        "versions": ", ".join([f"Python {platform.python_version()}", *(f"{p} {version(p)}" for p in PACKAGES)]),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file() and (found := re.search(r"model name\s*: (.+)", info.read_text(encoding="utf-8"))):
        return found[1]
    return platform.machine()
