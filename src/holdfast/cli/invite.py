"""holdfast invite: a one-time link for somebody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .options import Folder


def invite(
    role: Annotated[str, typer.Argument(help="csm, onboarding, manager, executive, operations, data, administrator.")],
    email: Annotated[str, typer.Option(help="Whom it is for; without it whoever opens the link.")] = "",
    address: Annotated[str, typer.Option(help="Where the application is served.")] = "http://127.0.0.1:8000",
    workspace: Folder = Path("."),
) -> None:
    """Print a one-time link, valid for 48 hours."""
    from holdfast.pipeline.site import Site
    from holdfast.state import audit
    from holdfast.state.access import AccessRole
    from holdfast.state.access import invite as make_link

    Site(workspace).open_state()
    if role not in AccessRole.values:
        raise WrongOption(option="ROLE", value=role, reason="no such role", hint=", ".join(AccessRole.values))
    link = make_link(AccessRole(role), email)
    audit.record(None, "invited", "user", email or "anyone", fields=["role"], reason="command line")
    typer.echo(f"{address}/welcome/{link}")
