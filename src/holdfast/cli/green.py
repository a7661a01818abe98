"""holdfast green: which green accounts may not be safe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .no_pandas import without_pandas
from .options import Folder, Json
from .output import print_csv, print_json, show


@without_pandas()
def green(
    workspace: Folder = Path("."),
    account: Annotated[str | None, typer.Option(help="Only this account, with every check.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print one row a check as CSV.")] = False,
) -> None:
    """List green accounts that fail a check, by contract value x evidence."""
    from holdfast.workspace.workspace import Workspace

    if json and csv:
        raise WrongOption(option="--csv", value="", reason="--json is given too", hint="give one of them")
    document = Workspace(workspace).green(account=account, owner=owner)
    if json:
        print_json(document)
    elif csv:
        about = ("account_id", "name", "owner", "score", "arr", "at_stake")
        told = ("check", "label", "state", "evidence", "since", "green_then", "action")
        print_csv((*about, *told), [
            [*(row[key] for key in about), *(check[key] for key in told)]
            for row in document["accounts"] for check in row["checks"] if account or check["state"] == "fail"
        ])
    else:
        from holdfast.reports.terminal import green_table

        show(*green_table(document))
