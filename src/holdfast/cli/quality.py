"""holdfast quality: what the data can and cannot carry."""

from __future__ import annotations

from pathlib import Path

from .no_pandas import without_pandas
from .options import Folder, Html, Json
from .output import print_json, show, write_text


@without_pandas()
def quality(workspace: Folder = Path("."), html: Html = None, json: Json = False) -> None:
    """Show freshness, completeness, conflicts, quarantine and faults, with counts."""
    from holdfast.workspace.workspace import Workspace

    document = Workspace(workspace).quality()
    if html:
        from holdfast.reports import quality_page

        write_text(html, quality_page(document))
    if json:
        print_json(document)
        return
    from holdfast.reports.terminal import quality_summary

    show(quality_summary(document))
    if html:
        show(f"Page: {html.resolve()}")
