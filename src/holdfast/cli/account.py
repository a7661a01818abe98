"""holdfast account: one account: why this score, what changed, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .no_pandas import without_pandas
from .options import AsOf, Clock, Folder, Html, Json, clock, day
from .output import print_json, show, write_text


@without_pandas()
def account(
    account_id: Annotated[str, typer.Argument(metavar="ID", help="The account's id.")],
    workspace: Folder = Path("."),
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Explain the change since a date, or since 30d ago.")
    ] = None,
    as_of: AsOf = None,
    clock_: Clock = None,
    rows: Annotated[
        str | None, typer.Option(metavar="METRIC", help="Print the very rows behind a metric.")
    ] = None,
    html: Html = None,
    json: Json = False,
) -> None:
    """Show one account: components, drivers, exact change by cause, next steps."""
    from holdfast.workspace.workspace import Workspace

    site = Workspace(workspace)
    if rows:
        found = site.rows(account_id, rows, as_of=day("--as-of", as_of), clock=clock(clock_) or "known")
        _show_rows(found, json)
        return
    view = site.account(account_id, since=since, as_of=day("--as-of", as_of), clock=clock(clock_))
    if html:
        from holdfast.reports import account_card

        write_text(html, account_card(view.document))
    if json:
        print_json(view.document)
        return
    from holdfast.reports.terminal import account_card as card

    show(card(view.document))
    if html:
        show(f"Page: {html}")


def _show_rows(found: list[dict[str, object]], json: bool) -> None:
    if json:
        print_json(found)
        return
    from holdfast.reports.terminal import rows_table

    show(rows_table(found))
