"""Writes docs/soak.md from the JUnit file of the last soak: what was counted, on which machine, of which commit.

A part that the file does not hold keeps its line, so that `make soak PART=kills` renews one part only.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "soak.md"
HEAD = ("part", "count", "passed", "seconds", "date", "commit", "machine")
Row = tuple[str, ...]


def groups(junit: Path) -> dict[str, tuple[int, int, float]]:
    """Test function with its file -> count, passed, seconds."""
    found: dict[str, tuple[int, int, float]] = {}
    for case in ElementTree.parse(junit).iter("testcase"):
        where = case.get("classname", "").removeprefix("tests.").replace(".", "/")
        name = f"{where}: {case.get('name', '').split('[')[0].removeprefix('test_').replace('_', ' ')}"
        good = not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
        count, passed, seconds = found.get(name, (0, 0, 0.0))
        found[name] = (count + 1, passed + good, seconds + float(case.get("time", 0)))
    return found


def stands(page: Path) -> dict[str, Row]:
    """The lines of the page as it stands: part -> cells."""
    if not page.is_file():
        return {}
    lines = re.findall(r"^\| (?!part|---)(.+) \|$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = [tuple(cell.strip() for cell in line.split(" | ")) for line in lines]
    return {row[0]: row for row in rows if len(row) == len(HEAD)}


def text(rows: Mapping[str, Row]) -> str:
    """The page."""
    lines = [f"| {' | '.join(cells)} |" for cells in (HEAD, ("---",) * len(HEAD), *(rows[k] for k in sorted(rows)))]
    return (
        "# Soak\n\nThe long counts, as `make soak` last ran them. Every line stands for one test with all its "
        "cases;\n`make soak PART=kills` runs the tests whose names hold the word and renews their lines.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def machine() -> str:
    """Cores, memory and system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"


def commit() -> str:
    """The commit that was tested; with a plus where files differed from it."""
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "tests")
    return git("rev-parse", "--short=12", "HEAD") + ("+" if changed else "")


def main() -> int:
    """Renew the page from the JUnit file that is named; 1 where a case did not pass."""
    if len(sys.argv) != 2:
        print("usage: soak_report.py JUNIT.xml", file=sys.stderr)
        return 2
    junit = Path(sys.argv[1])
    if not junit.is_file():
        print(f"{junit}: there is no such file. Next: make soak", file=sys.stderr)
        return 1
    found = groups(junit)
    about = (f"{datetime.now(UTC):%Y-%m-%d}", commit(), machine())
    rows = stands(PAGE) | {
        name: (name, str(count), str(passed), f"{seconds:.0f}", *about)
        for name, (count, passed, seconds) in found.items()
    }
    if not found:
        print(f"{junit}: no test was run. Next: make soak, without PART or with another", file=sys.stderr)
        return 1
    PAGE.write_text(text(rows), encoding="utf-8")
    bad = [name for name, (count, passed, _) in found.items() if passed < count]
    print(f"{len(found)} parts in {PAGE.relative_to(ROOT)}" + "".join(f"\nnot all passed: {name}" for name in bad))
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
