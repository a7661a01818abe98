"""Writing findings and the numbers behind them as tables of the lake, each replaced whole in one commit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq

from holdfast.evaluate.signal_history import SignalHistory
from holdfast.failpoint import failpoint
from holdfast.lake import Engine, Lake, StagedFile
from holdfast.signals import evidence, findings

from .history_tables import PREFIX

ORDER = {"signals": findings.ORDER, "signal_evidence": evidence.ORDER}
"""The tables of signals and the total order of their rows."""


def write_signals(lake: Lake, engine: Engine, found: SignalHistory, staging: Path, app: str) -> dict[str, int]:
    """Replace the tables of signals; their new versions by table name. Readers see them once a publish names them."""
    shutil.rmtree(staging, ignore_errors=True)
    versions: dict[str, int] = {}
    for name, table in {"signals": found.findings, "signal_evidence": found.evidence}.items():
        failpoint(f"history.{name}.before_write")
        files = engine.write(table.order_by(list(ORDER[name])), staging / name)
        failpoint(f"history.{name}.after_write")
        target = lake.table(PREFIX + name)
        schema = pq.read_schema(files[0]).remove_metadata()
        versions[target.name] = target.commit([StagedFile(f) for f in files], schema, app, mode="overwrite")
    shutil.rmtree(staging, ignore_errors=True)
    return versions
