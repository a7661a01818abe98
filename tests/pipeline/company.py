"""A small company on disk, and commands run on it as a user would run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TABLES = ("scores", "components", "metrics", "adjustments", "quarantine", "batches")


def holdfast(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "holdfast", *words],
        env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False,
    )


def make_company(folder: Path, accounts: int = 20, months: int = 3) -> Path:
    """A fresh demo company, not yet run, with the dial health only: what is killed here is the run."""
    done = holdfast("demo", str(folder), "--accounts", str(accounts), "--months", str(months), "--events", "4000")
    assert done.returncode == 0, done.stderr
    settings = folder / "holdfast.yml"
    settings.write_text(re.sub(r"(?m)^scorecards:.*$", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "scorecards" / "value_hiring.yml").unlink()
    return folder


def copy_of(company: Path, folder: Path) -> Path:
    """The same company again."""
    shutil.copytree(company, folder)
    return folder


def lend_compiled(run_before: Path, company: Path) -> None:
    """Give a company that was not run yet the query texts that another run of it compiled."""
    (company / ".holdfast").mkdir(exist_ok=True)
    shutil.copy(run_before / ".holdfast" / "compiled.sqlite3", company / ".holdfast")


def run(folder: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """One run with a short history."""
    return holdfast("run", "-w", str(folder), "--history", "3w", env=env)


def exports(folder: Path, out: Path) -> dict[str, bytes]:
    """The bytes of every exported table, all stored days, from one process in which the doctor finds no harm."""
    out.mkdir()
    code = (
        "import sys, pathlib, holdfast\n"
        "workspace = holdfast.open(sys.argv[1])\n"
        "for table in sys.argv[3:]:\n"
        "    workspace.export(table, pathlib.Path(sys.argv[2]) / f'{table}.csv', history=True)\n"
        "harm = workspace.doctor()['harm']\n"
        "sys.exit(1 if harm else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder), str(out), *TABLES], check=True)
    return {table: (out / f"{table}.csv").read_bytes() for table in TABLES}
