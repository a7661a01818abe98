"""The rows behind a number."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfast.definitions.nearest import nearest
from holdfast.errors.workspace import UnknownMetric

from .days import definitions_on
from .published import Published
from .quotes import with_quotes


def metric_rows(
    published: Published, account_id: str, metric: str, as_of: date | None, clock: Any
) -> list[dict[str, Any]]:
    """The very rows from which the metric of the account was computed: source, file, line, batch, columns.

    Rows that tell of a text carry the words that were found in it.
    """
    from holdfast.metrics.rows import metric_rows as rows_behind

    day = as_of or published.as_of
    definitions = definitions_on(published, day)
    if metric not in definitions.metrics:
        found = nearest(metric, definitions.metrics)
        raise UnknownMetric(name=metric, nearest=f"; the nearest is {found}" if found else "")
    snapshot = published.site.snapshot(published.versions)
    rows: list[dict[str, Any]] = rows_behind(snapshot, definitions, metric, account_id, day, clock).to_pylist()
    return with_quotes(published, rows)
