"""holdfast serve: the application in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Folder


def serve(
    workspace: Folder = Path("."),
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65_535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's need HTTPS before it.")]
    = "127.0.0.1",
) -> None:
    """Serve the application and its worker; prints its address, and a one-time link while nobody is administrator."""
    from holdfast.web import serve as web

    web.refuse_without_https(host)
    site = web.prepare(workspace)
    address = f"http://{host}:{port}"
    link = web.first_link(address)
    typer.echo(f"Holdfast at {address}")
    if link:
        typer.echo(f"First administrator, valid once and for 48 hours: {link}")
    web.serve(host, port, site.folder)
