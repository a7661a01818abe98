"""A small company on disk, and commands run on it as a user would run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLES = ("scores", "components", "metrics", "adjustments", "quarantine", "batches")
FEW_SOURCES = (
    "crm_accounts", "crm_contacts", "billing_subscriptions", "contracts", "product_events", "support_tickets",
    "support_messages", "outcomes",
)
"""A source for each way in which a run treats records: events, snapshots, texts, persons. What a run of all sources
does besides is the same for further records; soak tests take all."""
COMMAND_LINE = "from holdfast.cli import main\nmain()\n"
EXPORTS = (
    "import sys, pathlib, holdfast\n"
    "workspace = holdfast.open(sys.argv[1])\n"
    "for table in sys.argv[3:]:\n"
    "    workspace.export(table, pathlib.Path(sys.argv[2]) / f'{table}.csv', history=True)\n"
    "sys.exit(1 if workspace.doctor()['harm'] else 0)\n"
)


class Done(NamedTuple):
    """How a command ended (-9: killed) and what it printed."""

    returncode: int
    printed: str


@cache
def nursery() -> subprocess.Popen[str]:
    """The process that starts commands; it ends with this one."""
    script = str(Path(__file__).with_name("nursery.py"))
    return subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def holdfast(*words: str, out: Path, code: str = COMMAND_LINE, env: dict[str, str] | None = None) -> Done:
    """Run the command line, or other code, in a process of its own that prints to the file ``out``."""
    orders, answers = nursery().stdin, nursery().stdout
    assert orders is not None
    assert answers is not None
    orders.write(json.dumps({"argv": ["holdfast", *words], "code": code, "env": env or {}, "out": str(out)}) + "\n")
    orders.flush()
    return Done(int(answers.readline()), out.read_text(encoding="utf-8"))


def make_company(folder: Path, accounts: int = 20, months: int = 3, sources: Collection[str] | None = None) -> Path:
    """A fresh demo company, not yet run, with the dial health only: what is killed here is the run.

    ``sources`` names those that it has; None: all of the demo.
    """
    size = ("--accounts", str(accounts), "--months", str(months), "--events", "4000")
    done = holdfast("demo", str(folder), *size, out=_beside(folder))
    assert done.returncode == 0, done.printed
    settings = folder / "holdfast.yml"
    settings.write_text(re.sub(r"(?m)^scorecards:.*$", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "scorecards" / "value_hiring.yml").unlink()
    if sources is not None:
        _keep(folder, sources)
    return folder


def _keep(folder: Path, sources: Collection[str]) -> None:
    """Leave only these sources, and no word of the others in the settings."""
    gone = {path.stem for path in (folder / "sources").iterdir()} - set(sources)
    for name in gone:
        (folder / "sources" / f"{name}.yml").unlink()
    settings = folder / "holdfast.yml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in lines if not any(re.search(rf"\b{name}\b", line) for name in gone)]
    settings.write_text("".join(left), encoding="utf-8")


def copy_of(company: Path, folder: Path) -> Path:
    """The same company again."""
    shutil.copytree(company, folder)
    return folder


def run(folder: Path, env: dict[str, str] | None = None) -> Done:
    """One run with a short history."""
    return holdfast("run", "-w", str(folder), "--history", "3w", out=_beside(folder), env=env)


def exports(folder: Path, out: Path) -> dict[str, bytes]:
    """The bytes of every exported table, all stored days, from one process in which the doctor finds no harm."""
    out.mkdir()
    done = holdfast(str(folder), str(out), *TABLES, out=_beside(folder), code=EXPORTS)
    assert done.returncode == 0, done.printed
    return {table: (out / f"{table}.csv").read_bytes() for table in TABLES}


def _beside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.printed")
