"""All commands by name."""

from __future__ import annotations

import typer

from . import (
    account,
    accounts,
    actions,
    check,
    demo,
    doctor,
    export,
    ingest,
    init,
    metrics,
    portfolio,
    quality,
    quarantine,
    run,
    score,
)

app = typer.Typer(
    name="holdfast",
    help="Which customers are in trouble, why, what to do about it, and whether it was right.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(score.score)
app.command()(demo.demo)
app.command()(init.init)
app.command()(check.check)
app.command()(ingest.ingest)
app.command()(run.run)
app.command()(accounts.accounts)
app.command()(account.account)
app.command()(portfolio.portfolio)
app.command()(quality.quality)
app.add_typer(quarantine.app, name="quarantine")
app.command()(metrics.metrics)
app.command()(actions.actions)
app.command()(export.export)
app.command()(doctor.doctor)
