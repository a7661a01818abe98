"""What scoring a flat export gives: rows for people and programs, and what was recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

COLUMNS = ("account_id", "name", "score", "band", "color", "coverage", "low", "high", "owner", "mrr", "next_step")


@dataclass(frozen=True)
class FlatResult:
    """The scored accounts, lowest score first, accounts without a score last.

    ``rows`` are those of ``holdfast score --json``: account_id, name, score, band, color, coverage, low, high,
    owner, mrr, delta_7d (always null: a snapshot has no past), reasons, next_step. ``recognised`` says which
    column is what, ``ignored`` which columns were left alone, ``missing`` which inputs the table lacks,
    ``refused`` which cells or rows could not be read and why.
    """

    as_of: str
    file: str
    scorecard: Mapping[str, Any]
    rows: list[dict[str, Any]]
    recognised: list[dict[str, Any]]
    ignored: list[str]
    missing: list[dict[str, Any]]
    notes: list[str]
    refused: list[dict[str, Any]]

    def document(self) -> dict[str, Any]:
        """Everything as one plain document, for pages and the terminal."""
        return {
            "as_of": self.as_of,
            "file": self.file,
            "scorecard": dict(self.scorecard),
            "accounts": self.rows,
            "recognised": self.recognised,
            "ignored": self.ignored,
            "missing": self.missing,
            "notes": self.notes,
            "refused": self.refused,
        }

    def to_arrow(self) -> pa.Table:
        """One row an account; the reasons joined into one text."""
        import pyarrow as pa

        flat = [{**r, "reasons": " · ".join(x["text"] for x in r["reasons"])} for r in self.rows]
        kinds = dict.fromkeys(("score", "coverage", "low", "high", "mrr"), pa.float64())
        names = (*COLUMNS, "reasons")
        return pa.table({n: pa.array([r[n] for r in flat], kinds.get(n, pa.string())) for n in names})

    def to_pandas(self) -> pd.DataFrame:
        """The table of ``to_arrow`` as a pandas frame."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def _repr_html_(self) -> str:
        shown = self.to_pandas()[["account_id", "score", "band", "coverage", "reasons", "next_step"]]
        return str(shown.to_html(index=False, max_rows=50, float_format=lambda v: f"{v:.1f}"))
