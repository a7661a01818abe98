"""holdfast portfolio: all accounts by band, owner and renewal."""

from __future__ import annotations

from pathlib import Path

from .no_pandas import without_pandas
from .options import Folder, Html, Json
from .output import print_json, show, write_text


@without_pandas()
def portfolio(workspace: Folder = Path("."), html: Html = None, json: Json = False) -> None:
    """Show the portfolio: bands that sum, movement, owners, renewals."""
    from holdfast.workspace.workspace import Workspace

    document = Workspace(workspace).portfolio()
    if html:
        from holdfast.reports import portfolio_page

        write_text(html, portfolio_page(document))
    if json:
        print_json(document)
        return
    from holdfast.reports.terminal import portfolio_table

    show(portfolio_table(document))
    if html:
        show(f"Page: {html.resolve()}")
