"""Signals and green checks as they are defined now, on demo companies of several seeds, against their truth.

`signal_truth.py FOLDER --seeds 1 101 [--accounts 1000] [--months 24]` makes and runs each company once, under
FOLDER, and keeps it; after that only signals and checks are computed anew, from the stored metrics and scores,
which takes seconds. So a definition can be changed and measured at once. A new metric needs `--anew`. The seeds
that a change is made on must not be those that it is reported on.
"""

from __future__ import annotations

import argparse
import runpy
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from holdfast.cli.output import show as shown
from holdfast.cli.truth_report import inputs
from holdfast.demo.measure import AHEAD, Account, Alert
from holdfast.demo.truth_report import alerts, report, truth_of
from holdfast.evaluate.conditions import Period
from holdfast.evaluate.green_history import green_history
from holdfast.evaluate.signal_history import signal_history
from holdfast.reports.terminal import truth_tables
from holdfast.workspace.published import Published
from holdfast.workspace.workspace import Workspace

GREEN = runpy.run_path(str(Path(__file__).with_name("green_truth.py")))
EVENTS_AN_ACCOUNT = 1000
SUNDAY = 7


def made(folder: Path, seed: int, accounts: int, months: int, *, anew: bool) -> Path:
    """The company of a seed, made and run where it is not there yet."""
    place = folder / f"s{seed}"
    holdfast = (sys.executable, "-m", "holdfast")
    if not place.exists():
        subprocess.run([*holdfast, "demo", str(place), "--accounts", str(accounts), "--months", str(months),
                        "--events", str(accounts * EVENTS_AN_ACCOUNT), "--seed", str(seed)], check=True)
    if anew:
        shutil.rmtree(place / ".holdfast", ignore_errors=True)
    if not (place / ".holdfast").exists():
        subprocess.run([*holdfast, "run", "-w", str(place)], check=True)
    return place


def judged(published: Published, days: list[date]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Findings and stretches of green checks over ``days`` of those stored, by the definitions of now."""
    engine = published.site.engine
    frame, metrics, scores = (engine.frame(published.read(name, days=days)) for name in ("frame", "metrics", "scores"))
    periods = [Period(published.site.definitions, frame, metrics, scores)]
    found = signal_history(engine, periods, days).findings
    checks = green_history(engine, periods, days)
    return engine.arrow(found).to_pylist(), [] if checks is None else engine.arrow(checks).to_pylist()


def apart(rows: Any, seed: int) -> Any:
    """The same with account ids that differ between companies."""
    if isinstance(rows, dict):
        return {f"{seed}/{account}": value for account, value in rows.items()}
    return [{**row, "account_id": f"{seed}/{row['account_id']}"} for row in rows]


def main() -> None:
    """Print the truth report of all companies together, then the green checks against their truth."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--seeds", type=int, nargs="+", required=True)
    ask.add_argument("--accounts", type=int, default=1000)
    ask.add_argument("--months", type=int, default=24)
    ask.add_argument("--sundays", action="store_true", help="Look at the stored Sundays alone.")
    ask.add_argument("--anew", action="store_true", help="Run the companies again.")
    size = ask.parse_args()
    known: dict[str, Account] = {}
    findings: list[dict[str, Any]] = []
    use: list[dict[str, Any]] = []
    scored: dict[str, list[Any]] = {}
    checks: dict[str, list[tuple[str, str]]] = {}
    grave: list[str] = []
    hides: dict[str, tuple[str, ...]] = {}
    for seed in size.seeds:
        place = made(size.folder, seed, size.accounts, size.months, anew=size.anew)
        published = Workspace(place).published
        looked = [day for day in published.days if day.isoweekday() == SUNDAY or not size.sundays]
        rows, stretches = judged(published, looked)
        risks, grave, hides, naive, days = inputs(published, rows)
        known |= {k: replace(v, account_id=k) for k, v in apart(truth_of(place), seed).items()}
        findings += apart(risks, seed)
        use += apart(naive, seed)
        scored |= apart(days, seed)
        for check, pairs in GREEN["compared"](place, stretches, published.as_of).items():
            checks.setdefault(check, []).extend(pairs)
    document = report(known, findings, grave, hides, use, scored)
    shown(*truth_tables(document))
    sys.stdout.write("\n".join(by_signal(known, alerts(findings, grave, hides))) + "\n\n")
    sys.stdout.write("\n".join(GREEN["lines"](checks)) + "\n")


def by_signal(known: dict[str, Account], found: list[Alert]) -> Iterator[str]:
    """Alerts of each signal, how many were false, and the churned accounts that it alone found 30 days ahead."""
    early: dict[str, set[str]] = {}
    for alert in found:
        one = known[alert.account_id]
        if one.churned and one.traced and one.harmed(alert.day) and alert.day <= one.churned - AHEAD:
            early.setdefault(alert.account_id, set()).add(alert.name)
    alone = Counter(next(iter(names)) for names in early.values() if len(names) == 1)
    wrong = Counter(a.name for a in found if not known[a.account_id].harmed(a.day))
    yield f"{'alerts by signal':28}  all  false  share  alone found"
    for name, count in Counter(a.name for a in found).most_common():
        yield f"{name:28} {count:4d} {wrong[name]:6d} {wrong[name] / count:6.0%} {alone[name]:12d}"


if __name__ == "__main__":
    main()
