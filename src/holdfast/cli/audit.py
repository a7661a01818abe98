"""holdfast audit verify: whether the audit log is as it was written."""

from __future__ import annotations

from pathlib import Path

import typer

from .options import Folder

app = typer.Typer(help="The audit log.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """The audit log."""


@app.command()
def verify(workspace: Folder = Path(".")) -> None:
    """Follow the chain from the first entry to the newest, past those that were noted day by day."""
    from holdfast.pipeline.site import Site
    from holdfast.state import audit
    from holdfast.state.audit_anchor import anchors

    site = Site(workspace)
    site.open_state()
    typer.echo(f"{audit.verify(anchors(site.data))} entries, each as it was written.")
