"""holdfast actions: the next steps of all accounts, ranked."""

from __future__ import annotations

import csv as csv_module
import sys
from pathlib import Path
from typing import Annotated

import typer

from .options import Folder, Json
from .output import print_json, show

COLUMNS = (
    "account_id", "name", "owner", "severity", "label", "evidence", "action", "owner_role", "due_on", "mrr",
)


def actions(
    workspace: Folder = Path("."),
    account: Annotated[str | None, typer.Option(help="Only this account.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    json: Json = False,
) -> None:
    """List what is due, most at stake first."""
    from holdfast.workspace.workspace import Workspace

    rows = Workspace(workspace).actions(account=account, owner=owner)
    if json:
        print_json(rows)
    elif csv:
        from holdfast.cells import harmless

        writer = csv_module.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows([harmless(row.get(c)) for c in COLUMNS] for row in rows)
    else:
        from holdfast.reports.terminal import actions_table

        show(actions_table(rows))
