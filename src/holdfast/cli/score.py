"""holdfast score: one flat export, no set-up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from holdfast.errors.workspace import WrongOption

from .no_pandas import without_pandas
from .options import AsOf, Html, Json, day
from .output import print_json, show, write_text

Maps = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=METRIC", help="Name a column; may be repeated.")
]


@without_pandas()
def score(
    file: Annotated[Path, typer.Argument(help="CSV, Parquet, JSONL or XLSX with one row an account.")],
    map: Maps = None,
    as_of: AsOf = None,
    html: Html = None,
    json: Json = False,
) -> None:
    """Score one flat export with one row an account. Nothing is stored."""
    from holdfast.workspace.flat import score_file

    result = score_file(file, _pairs(map or []), day("--as-of", as_of) or date.today())
    if html:
        from holdfast.reports import flat_page

        write_text(html, flat_page(result.document()))
    if json:
        print_json(result.rows)
        return
    from holdfast.reports.terminal import flat_result

    show(flat_result(result.document()))
    if html:
        show(f"Page: {html}")


def _pairs(items: list[str]) -> dict[str, str]:
    pairs = {}
    for item in items:
        column, sign, metric = item.partition("=")
        if not sign or not column or not metric:
            raise WrongOption(
                option="--map", value=item, reason="this is not column=metric", hint="write --map seats=seats"
            )
        pairs[column] = metric
    return pairs
