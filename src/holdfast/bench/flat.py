"""`holdfast score` on a flat export, without the start of the process."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from holdfast.workspace.flat import score_file

from .measured import Measurement, measure

HEAD = "account_id,mrr,logins_30d,features_used,open_tickets,nps_score,days_since_last_login"
LIMITS = ((50, 20_000), (0, 400), (0, 12), (0, 9), (0, 10), (0, 90))


def write_flat(file: Path, rows: int) -> None:
    """A flat export of invented accounts; one cell in twenty is empty."""
    luck = np.random.default_rng(1)

    def cell(low: int, high: int) -> str:
        return "" if luck.random() < 0.05 else str(luck.integers(low, high, endpoint=True))

    lines = (",".join([f"A{n:06}", *(cell(*limit) for limit in LIMITS)]) for n in range(rows))
    file.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")


def flat_export(folder: Path, rows: int, times: int) -> list[Measurement]:
    """Score the file from its text to rows with reasons and next steps."""
    file = folder / "flat.csv"
    write_flat(file, rows)
    return [measure("score FILE", f"{rows:,} rows", lambda: score_file(file), times)]
