"""holdfast signals: what was found about accounts, with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .no_pandas import without_pandas
from .options import Folder, Json
from .output import print_json, show


@without_pandas()
def signals(
    workspace: Folder = Path("."),
    account: Annotated[str | None, typer.Option(help="Only this account.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Also findings that have ended.")] = False,
    rows: Annotated[
        str | None, typer.Option(metavar="SIGNAL", help="Print the very rows behind a signal; needs --account.")
    ] = None,
    json: Json = False,
) -> None:
    """List open findings, the gravest first, with the numbers behind them."""
    from holdfast.workspace.workspace import Workspace

    site = Workspace(workspace)
    if rows is not None:
        if account is None:
            raise WrongOption(option="--rows", value=rows, reason="no account is named", hint="add --account ID")
        found = site.signal_rows(account, rows)
        if json:
            print_json(found)
        else:
            from holdfast.reports.terminal import rows_table

            show(rows_table(found))
        return
    document = site.signals(account=account, owner=owner, history=history)
    if json:
        print_json(document)
    else:
        from holdfast.reports.terminal import signals_table

        show(*signals_table(document))
