"""From keys back to the company's own people."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from holdfast.lake import PERSONS

from .site import Site


def staff(site: Site, versions: Mapping[str, int]) -> dict[int, str]:
    """E-mail of each member of the company by key, as the vault of these versions knows them."""
    version = versions.get(PERSONS)
    files = [] if version is None else site.lake.table(PERSONS).files(version)
    if not files:
        return {}
    query = (
        "SELECT key, min(value) FROM read_parquet(?, union_by_name=true) "
        "WHERE record = 'person' AND \"column\" = 'staff' GROUP BY key"
    )
    with duckdb.connect() as connection:
        return dict(connection.execute(query, [files]).fetchall())
