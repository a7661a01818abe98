"""A workspace: a folder of definitions and what was made from them."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.pipeline.site import Site

if TYPE_CHECKING:
    from .account_view import AccountView
    from .published import Published
    from .table_view import TableView

Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    """No progress."""


class Workspace:
    """Opened with ``holdfast.open(path)``. Reads show the last publish; ``run`` makes a new one."""

    def __init__(self, path: str | Path = ".") -> None:
        self.site = Site(path)

    def run(
        self,
        as_of: date | None = None,
        *,
        full: bool = False,
        weeks: int | None = None,
        daily: int | None = None,
        progress: Progress = _silent,
    ) -> dict[str, Any]:
        """Read what is new, evaluate and publish; the summary as plain data.

        ``weeks`` Sundays and the last ``daily`` days are stored; without them, as many as the settings say.
        With ``full`` everything that was made from the committed batches is made from them again.
        """
        from holdfast.pipeline.run import run

        summary = run(self.site, as_of=as_of, weeks=weeks, daily=daily, full=full, progress=progress)
        self.__dict__.pop("published", None)
        return summary

    def ingest(self, progress: Progress = _silent) -> dict[str, Any]:
        """Read new files of all sources; the row account of every batch."""
        from holdfast.pipeline.take_in import take_in
        from holdfast.state.lock import only_run

        self.site.open_state()
        with only_run(self.site.data):
            return take_in(self.site, progress)

    @cached_property
    def published(self) -> Published:
        """The tables of the current publish; NothingPublished where there is none."""
        from .published import Published

        return Published(self.site)

    def accounts(
        self,
        band: str | None = None,
        owner: str | None = None,
        as_of: date | None = None,
        clock: str = "known",
    ) -> list[dict[str, Any]]:
        """One row an account, lowest score first, accounts without a score last."""
        from .accounts import accounts

        return accounts(self.published, band, owner, as_of, clock)

    def account(
        self, account_id: str, *, since: str | date | None = None, as_of: date | None = None, clock: str | None = None
    ) -> AccountView:
        """One account: components, drivers, change, next steps. Shows well in a notebook."""
        from .account import account_view

        return account_view(self.published, account_id, since, as_of, clock)

    def rows(
        self, account_id: str, metric: str, *, as_of: date | None = None, clock: str = "known"
    ) -> list[dict[str, Any]]:
        """The very rows behind a metric of an account, with file, line and batch."""
        from .rows import metric_rows

        return metric_rows(self.published, account_id, metric, as_of, clock)

    def scores(self, history: bool = False) -> TableView:
        """The published scores, or all stored days of them, as a table for Arrow and pandas."""
        from .table_view import TableView

        days = None if history else [self.published.as_of]
        return TableView(self.published.read("scores", days=days))

    def metrics(self, history: bool = False) -> TableView:
        """The published metrics, one column each, as a table for Arrow and pandas."""
        from .table_view import TableView

        days = None if history else [self.published.as_of]
        return TableView(self.published.read("metrics", days=days))

    def trial(self, scorecard: str | Path) -> dict[str, Any]:
        """What an edited scorecard file would change in all stored history; nothing is stored."""
        from .trial import Trial

        return Trial(self.published, Path(scorecard)).document()

    def portfolio(self, only: Container[str] | None = None) -> dict[str, Any]:
        """All accounts, or those of ``only``, by band, owner, segment and renewal."""
        from .portfolio import portfolio

        return portfolio(self.published, only)

    def actions(self, account: str | None = None, owner: str | None = None) -> list[dict[str, Any]]:
        """The action list of the week: one case an account, by lane and rank."""
        from .actions import actions

        return actions(self.published, account, owner)

    def action_volume(self, owner: str | None = None) -> dict[str, Any]:
        """How much there is to do against what people can take on; volume and overlap of rules."""
        from .actions import action_volume

        return action_volume(self.published, owner)

    def signals(
        self, account: str | None = None, owner: str | None = None, *, history: bool = False
    ) -> dict[str, Any]:
        """Open findings with the numbers behind them, and the signals that cannot be told here."""
        from .signals import signals

        return signals(self.published, account, owner, history=history)

    def green(self, account: str | None = None, owner: str | None = None) -> dict[str, Any]:
        """Green accounts that fail a check, most at stake first, and the checks that cannot be told here."""
        from .green import green

        return green(self.published, account, owner)

    def segments(self, owner: str | None = None) -> dict[str, Any]:
        """Tiers with their service, overdue touches, usage patterns, load of owners and movement."""
        from .segments import segments

        return segments(self.published, owner)

    def signal_rows(self, account: str, signal: str) -> list[dict[str, Any]]:
        """The very rows behind a signal of an account, with file, line and batch."""
        from .signals import signal_rows

        return signal_rows(self.published, account, signal)

    def quality(self) -> dict[str, Any]:
        """Freshness, completeness, conflicts, quarantine and faults, with counts."""
        from .quality import quality

        return quality(self.site)

    def quarantine(self, source: str | None = None) -> list[dict[str, Any]]:
        """The rows that were kept out, with file, line, column and reason."""
        from .quarantine import rows

        return rows(self.site, source)

    def quarantine_fix(self, file: Path, source: str | None = None) -> int:
        """Write quarantined rows to a file for correction; how many."""
        from .quarantine import fix

        return fix(self.site, file, source)

    def quarantine_replay(self, file: Path | None = None) -> dict[str, Any]:
        """Try quarantined rows again, from a corrected file or as they are."""
        from .quarantine import replay

        return replay(self.site, file)

    def export(self, table: str, out: Path, *, history: bool = False) -> int:
        """Write a published table to a file; the number of rows."""
        from .export import export

        return export(self.published, table, out, history=history)

    def doctor(self, *, ids: bool = False) -> dict[str, Any]:
        """Check every stored file and remove what killed runs left behind."""
        from .doctor import doctor

        return doctor(self.site, ids=ids)
