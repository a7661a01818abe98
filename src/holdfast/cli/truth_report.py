"""holdfast truth-report: signals of the demo company against what really happened there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from holdfast.errors.workspace import WrongOption

from .options import Json
from .output import print_json, show


def truth_report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A demo company that has been run.")],
    json: Json = False,
) -> None:
    """Compare findings of severity high and above with the truth file of a demo company, and with naive rules."""
    if not (folder / "truth" / "truth.json").is_file():
        raise WrongOption(option="DIR", value=folder, reason="there is no truth/truth.json",
                          hint="holdfast demo NEW-DIR writes a company with its truth")
    document = _document(folder)
    if json:
        print_json(document)
    else:
        from holdfast.reports.terminal import truth_tables

        show(*truth_tables(document))


def _document(folder: Path) -> dict[str, Any]:
    from holdfast.definitions.signal import SEVERITIES
    from holdfast.demo.truth_report import truth_report as report
    from holdfast.workspace.workspace import Workspace

    published = Workspace(folder).published
    signals = published.site.definitions.signals
    risks = {name: one for name, one in signals.items() if one.nature == "risk"}
    findings = [row for row in published.read("signals").to_pylist() if row["signal"] in risks]
    use = published.read("metrics", columns=("account_id", "as_of", "usage_change_month", "days_since_login"))
    rows = [
        {"account_id": row["account_id"], "as_of": row["as_of"], "fall": row["usage_change_month"],
         "idle": row["days_since_login"]}
        for row in use.sort_by([("account_id", "ascending"), ("as_of", "ascending")]).to_pylist()
    ]
    scored: dict[str, list[Any]] = {}
    for row in published.read("frame", columns=("account_id", "as_of", "scored")).to_pylist():
        if row["scored"] and row["as_of"].isoweekday() == 7:
            scored.setdefault(row["account_id"], []).append(row["as_of"])
    on = {(account, day) for account, days in scored.items() for day in days}
    grave = [name for name, rank in SEVERITIES.items() if rank >= SEVERITIES["high"]]
    hides = {name: one.instead_of for name, one in risks.items()}
    naive = [row for row in rows if (row["account_id"], row["as_of"]) in on]
    return report(folder, findings, grave, hides, naive, scored)
