"""One account's document, with the ways it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class AccountView:
    """``document`` is what ``holdfast account --json`` prints."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def to_arrow(self) -> pa.Table:
        """One row a metric: component, metric, value, score, weight, points."""
        import pyarrow as pa

        names = ("metric", "value", "unit", "window", "score", "weight", "weight_effective", "points", "missing")
        rows = [
            {"component": component["name"], **{n: metric[n] for n in names}}
            for component in self.document["components"]
            for metric in component["metrics"]
        ]
        return pa.Table.from_pylist(rows)

    def to_pandas(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def __repr__(self) -> str:
        score = self.document["score"]
        shown = "no score" if score is None else f"{score:.1f}"
        return f"{self.document['account_id']} {self.document['name']}: {shown}, {self.document['band']}"

    def _repr_html_(self) -> str:
        from holdfast.reports import account_card

        return account_card(self.document)
