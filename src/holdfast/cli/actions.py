"""holdfast actions: the action list of the week, one case an account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import Folder, Json
from .output import print_csv, print_json, show

COLUMNS = (
    "lane", "rank", "account_id", "name", "account_owner", "owner", "severity", "label", "evidence", "action",
    "owner_role", "due_on", "mrr", "arr", "renews_on", "priority", "why",
)


@without_pandas()
def actions(
    workspace: Folder = Path("."),
    account: Annotated[str | None, typer.Option(help="Only this account, with every step of it.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's accounts, by e-mail.")] = None,
    volume: Annotated[
        bool, typer.Option("--volume", help="How much there is against what people can take on, by rule too.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    json: Json = False,
) -> None:
    """List the cases of the week, one an account, most at stake first, each with the reason for its rank."""
    from holdfast.reports.terminal import actions_table, steps_table, volume_tables
    from holdfast.workspace.workspace import Workspace

    site = Workspace(workspace)
    if volume:
        document = site.action_volume(owner)
        if json:
            print_json(document)
        else:
            show(*volume_tables(document))
        return
    rows = site.actions(account=account, owner=owner)
    if json:
        print_json(rows)
    elif csv:
        print_csv(COLUMNS, ([row.get(c) for c in COLUMNS] for row in rows))
    else:
        currency = site.site.definitions.settings.currency
        show(*actions_table(rows, currency))
        if account is not None and rows:
            show(steps_table(rows[0]))
        elif account is None:
            show(*volume_tables(site.action_volume(owner), rules=False))
