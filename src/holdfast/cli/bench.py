"""holdfast bench: Holdfast's own work measured on this machine."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import Json
from .output import print_json, show


@without_pandas()
def bench(
    accounts: Annotated[int, typer.Option(min=10, help="Accounts that are scored and tried.")] = 2_000,
    weeks: Annotated[int, typer.Option(min=2, help="Stored Sundays that a scorecard is tried on.")] = 26,
    daily: Annotated[int, typer.Option(min=1, help="Accounts with a year of daily history.")] = 100,
    rows: Annotated[int, typer.Option(min=1, help="Rows of the flat export.")] = 2_000,
    times: Annotated[int, typer.Option(min=1, help="Repeats; the median counts.")] = 3,
    json: Json = False,
) -> None:
    """Measure scoring, trying a scorecard, reading one account and scoring a file, on invented data."""
    from holdfast.bench.account import one_account
    from holdfast.bench.flat import flat_export
    from holdfast.bench.measured import machine
    from holdfast.bench.score import score_accounts
    from holdfast.bench.trial import trials

    with TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = Path(name)
        found = [
            *flat_export(folder, rows, times),
            *score_accounts(folder / "once", accounts, times),
            *trials(folder, accounts, weeks, times),
            *one_account(folder, daily, times),
        ]
    document = {**machine(), "rows": [asdict(row) for row in found]}
    if json:
        print_json(document)
        return
    from holdfast.reports.terminal import bench_table

    show(bench_table(document))
