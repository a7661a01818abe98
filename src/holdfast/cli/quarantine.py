"""holdfast quarantine: rows that were kept out, how to fix them, and replaying them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .options import Folder, Json
from .output import print_json, show

app = typer.Typer(no_args_is_help=False)

Source = Annotated[str | None, typer.Option("--source", help="Only this source.")]


@app.callback(invoke_without_command=True)
def quarantine(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option("-w", "--workspace", help="The workspace folder.")] = None,
    source: Source = None,
    json: Json = False,
) -> None:
    """List, fix and replay rows that were kept out; without a further word they are listed."""
    if context.invoked_subcommand is None:
        _list(workspace or Path("."), source, json)
    elif workspace or source or json:
        word = context.invoked_subcommand
        raise WrongOption(
            option="quarantine", value=word, reason=f"options stand after {word}",
            hint=f"holdfast quarantine {word} --help",
        )


@app.command("list")
def list_(workspace: Folder = Path("."), source: Source = None, json: Json = False) -> None:
    """List quarantined rows with file, line, column and reason."""
    _list(workspace, source, json)


def _list(workspace: Path, source: str | None, json: bool) -> None:
    from holdfast.workspace.workspace import Workspace

    rows = Workspace(workspace).quarantine(source)
    if json:
        print_json(rows)
        return
    from holdfast.reports.terminal import quarantine_table

    show(quarantine_table(rows))


@app.command()
def fix(
    file: Annotated[Path, typer.Argument(help="Where to write the rows, to be corrected and replayed.")],
    workspace: Folder = Path("."),
    source: Source = None,
) -> None:
    """Write quarantined rows to a file in which they can be corrected."""
    from holdfast.workspace.workspace import Workspace

    count = Workspace(workspace).quarantine_fix(file, source)
    show(f"{count} rows in {file}. Next: correct them, then: holdfast quarantine replay {file}")


@app.command()
def replay(
    file: Annotated[Path | None, typer.Argument(help="The corrected file; without it all rows are tried.")] = None,
    workspace: Folder = Path("."),
    json: Json = False,
) -> None:
    """Try quarantined rows again; those that pass move to kept in their own batch."""
    from holdfast.workspace.workspace import Workspace

    result = Workspace(workspace).quarantine_replay(file)
    if json:
        print_json(result)
    else:
        show(f"{result['moved']} rows moved to kept, {result['left']} stay in quarantine.")
