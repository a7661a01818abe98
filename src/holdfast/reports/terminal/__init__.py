"""The same documents in the terminal: sign and word, never colour alone; fit for 100 columns."""

from __future__ import annotations

from .account import account_card
from .accounts import accounts_table, flat_result
from .actions import actions_table, steps_table, volume_tables
from .batches import batches_table
from .bench import bench_table
from .findings import findings_table
from .green import green_table
from .metrics import metric_description, metrics_table
from .portfolio import portfolio_table
from .quality import quality_summary
from .quarantine import quarantine_table, rows_table
from .run import run_summary
from .segments import segments_tables
from .signals import signals_table
from .trial import trial_tables
from .truth_report import truth_tables

__all__ = [
    "account_card",
    "accounts_table",
    "actions_table",
    "batches_table",
    "bench_table",
    "findings_table",
    "flat_result",
    "green_table",
    "metric_description",
    "metrics_table",
    "portfolio_table",
    "quality_summary",
    "quarantine_table",
    "rows_table",
    "run_summary",
    "segments_tables",
    "signals_table",
    "steps_table",
    "trial_tables",
    "truth_tables",
    "volume_tables",
]
