"""holdfast accounts: every account with score, reasons and next step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import AsOf, Clock, Folder, Json, clock, day
from .output import print_json, show


@without_pandas()
def accounts(
    workspace: Folder = Path("."),
    band: Annotated[str | None, typer.Option(help="Only this band.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    as_of: AsOf = None,
    clock_: Clock = None,
    json: Json = False,
) -> None:
    """List the accounts, worst first."""
    from holdfast.workspace.workspace import Workspace

    site = Workspace(workspace)
    rows = site.accounts(
        band=band, owner=owner, as_of=day("--as-of", as_of), clock=clock(clock_) or "known"
    )
    if json:
        print_json(rows)
        return
    from holdfast.reports.terminal import accounts_table

    show(accounts_table(rows, site.site.definitions.settings.currency))
