"""What the benchmarks share: running a command, its seconds and peak memory, and the table they print."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HOLDFAST = (sys.executable, "-m", "holdfast")


@dataclass(frozen=True)
class Measured:
    """One command: seconds on the wall, peak memory of its process in MB, and the seconds of its stages."""

    seconds: float
    memory: float
    stages: tuple[tuple[str, float], ...]


def measure(words: Sequence[str]) -> Measured:
    """Run a command of Holdfast; a stage lasts from its line on standard error to the next one."""
    begun = time.perf_counter()
    process = subprocess.Popen([*HOLDFAST, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    marks: list[tuple[str, float]] = []
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.fullmatch(r"(.+) \(\d+\)\n", line):
            marks.append((found[1], time.perf_counter()))
    _, status, usage = os.wait4(process.pid, 0)
    ended = time.perf_counter()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"holdfast {' '.join(words)} ended with {process.returncode}")
    ends = [at for _, at in [*marks[1:], ("", ended)]][: len(marks)]
    stages = tuple((name, end - at) for (name, at), end in zip(marks, ends, strict=True))
    return Measured(ended - begun, usage.ru_maxrss / 1024, stages)


def machine() -> str:
    """Date, machine and versions in two lines."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{name} {version(name)}" for name in ("holdfast", "duckdb", "ibis-framework", "pyarrow")]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {memory:.0f} GB, {processor()}\n"
        f"Python {platform.python_version()}, {', '.join(parts)}"
    )


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.is_file() and (found := re.search(r"model name\s*: (.+)", info.read_text(encoding="utf-8"))):
        return found[1]
    return platform.machine()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in line: the first to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]

    def shown(line: Sequence[str]) -> str:
        cells = list(zip(line, widths, strict=True))
        return "  ".join([cells[0][0].ljust(cells[0][1]), *(cell.rjust(width) for cell, width in cells[1:])])

    return "\n".join(map(shown, lines))
