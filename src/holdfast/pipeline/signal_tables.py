"""Writing findings, their numbers, green checks and people as tables of the lake, each replaced whole in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import ibis.expr.types as ir
import pyarrow.parquet as pq

from holdfast.evaluate.signal_history import SignalHistory
from holdfast.failpoint import failpoint
from holdfast.lake import Engine, Lake, StagedFile
from holdfast.metrics import people
from holdfast.signals import evidence, findings, green_history

from .history_tables import PREFIX

ORDER = {"signals": findings.ORDER, "signal_evidence": evidence.ORDER, "green_checks": green_history.ORDER,
         "people": people.ORDER}
"""The tables of signals, green checks and people, and the total order of their rows."""


def write_signals(
    lake: Lake, engine: Engine, found: SignalHistory, beside: Mapping[str, ir.Table | None], staging: Path, app: str
) -> dict[str, int]:
    """Replace the tables of signals; their new versions by table name. Readers see them once a publish names them."""
    shutil.rmtree(staging, ignore_errors=True)
    versions: dict[str, int] = {}
    tables = {"signals": found.findings, "signal_evidence": found.evidence}
    tables |= {name: table for name, table in beside.items() if table is not None}
    for name, table in tables.items():
        failpoint(f"history.{name}.before_write")
        files = engine.write(table.order_by(list(ORDER[name])), staging / name)
        failpoint(f"history.{name}.after_write")
        target = lake.table(PREFIX + name)
        schema = pq.read_schema(files[0]).remove_metadata()
        versions[target.name] = target.commit([StagedFile(f) for f in files], schema, app, mode="overwrite")
    shutil.rmtree(staging, ignore_errors=True)
    return versions
