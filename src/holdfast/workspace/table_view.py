"""A table that shows well in a notebook and hands out Arrow and pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class TableView:
    """Rows of a published table.

    >>> import pyarrow as pa
    >>> TableView(pa.table({"account_id": ["a"], "score": [50.0]})).to_pylist()
    [{'account_id': 'a', 'score': 50.0}]
    """

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self._rows

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame."""
        frame: pd.DataFrame = self._rows.to_pandas()
        return frame

    def to_pylist(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        rows: list[dict[str, Any]] = self._rows.to_pylist()
        return rows

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    def __repr__(self) -> str:
        return f"{self._rows.num_rows:,} rows: {', '.join(self._rows.column_names)}"

    def _repr_html_(self) -> str:
        html: str = self.to_pandas().to_html(max_rows=20, index=False)
        return html
