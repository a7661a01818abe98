"""holdfast check: every finding about the definitions at once."""

from __future__ import annotations

from pathlib import Path

import typer

from .options import Folder, Json
from .output import print_json, show


def check(workspace: Folder = Path("."), json: Json = False) -> None:
    """Check the definitions. Exit code 1 where there is an error-level finding."""
    from holdfast.definitions.load import check as find
    from holdfast.pipeline.site import Site

    findings = find(Site(workspace).folder)
    if json:
        print_json([
            {"id": f.id, "level": f.level, "place": str(f.place), "what": f.what, "hint": f.hint,
             "nearest": f.nearest, "accepted": f.accepted}
            for f in findings
        ])
    else:
        from holdfast.reports.terminal import findings_table

        show(findings_table(findings))
    if any(f.level == "error" and not f.accepted for f in findings):
        raise typer.Exit(1)
