"""All commands by name."""

from __future__ import annotations

from typing import Annotated

import typer

from holdfast import __version__

from . import (
    account,
    accounts,
    actions,
    audit,
    backup,
    bench,
    check,
    demo,
    doctor,
    export,
    green,
    ingest,
    init,
    invite,
    metrics,
    portfolio,
    quality,
    quarantine,
    restore,
    run,
    score,
    segments,
    serve,
    signals,
    truth_report,
    try_,
)

app = typer.Typer(
    name="holdfast",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"holdfast {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Which customers are in trouble, why, what to do about it, and whether it was right."""


app.command()(score.score)
app.command()(demo.demo)
app.command()(init.init)
app.command()(check.check)
app.command()(ingest.ingest)
app.command()(run.run)
app.command()(accounts.accounts)
app.command()(account.account)
app.command()(portfolio.portfolio)
app.command()(segments.segments)
app.command()(quality.quality)
app.add_typer(quarantine.app, name="quarantine")
app.command()(metrics.metrics)
app.command()(signals.signals)
app.command()(green.green)
app.command()(actions.actions)
app.command(name="try")(try_.try_)
app.command(name="truth-report")(truth_report.truth_report)
app.command()(export.export)
app.command()(bench.bench)
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(restore.restore)
app.command()(serve.serve)
app.command()(invite.invite)
app.add_typer(audit.app, name="audit")
