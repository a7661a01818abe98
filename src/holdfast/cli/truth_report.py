"""holdfast truth-report: signals of the demo company against what really happened there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfast.errors.workspace import WrongOption

from .options import Json
from .output import print_json, show

if TYPE_CHECKING:
    from holdfast.workspace.published import Published


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
    from holdfast.demo.truth_report import truth_report as report
    from holdfast.workspace.workspace import Workspace

    published = Workspace(folder).published
    return report(folder, *inputs(published, published.read("signals").to_pylist()))


def inputs(
    published: Published, findings: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str], dict[str, tuple[str, ...]], list[dict[str, Any]], dict[str, list[date]]]:
    """What the report is made of: findings of risk, grave severities, what hides what, use, and scored days."""
    from holdfast.definitions.signal import SEVERITIES

    signals = published.site.definitions.signals
    risks = {name: one for name, one in signals.items() if one.nature == "risk"}
    use = published.read("metrics", columns=("account_id", "as_of", "usage_change_month", "days_since_login"))
    rows = [
        {"account_id": row["account_id"], "as_of": row["as_of"], "fall": row["usage_change_month"],
         "idle": row["days_since_login"]}
        for row in use.sort_by([("account_id", "ascending"), ("as_of", "ascending")]).to_pylist()
    ]
    scored: dict[str, list[date]] = {}
    for row in published.read("frame", columns=("account_id", "as_of", "scored")).to_pylist():
        if row["scored"] and row["as_of"].isoweekday() == 7:
            scored.setdefault(row["account_id"], []).append(row["as_of"])
    on = {(account, day) for account, days in scored.items() for day in days}
    return (
        [row for row in findings if row["signal"] in risks],
        [name for name, rank in SEVERITIES.items() if rank >= SEVERITIES["high"]],
        {name: one.instead_of for name, one in risks.items()},
        [row for row in rows if (row["account_id"], row["as_of"]) in on],
        scored,
    )
