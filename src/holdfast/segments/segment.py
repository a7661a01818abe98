"""The segment of an account: the first one in segments.yml whose condition holds."""

from __future__ import annotations

from collections.abc import Iterable

import ibis

from holdfast.definitions.segment import Segment
from holdfast.lake.translate import to_ibis


def segment(t: ibis.Table, segments: Iterable[Segment]) -> ibis.StringValue:
    """Name of the first segment that matches; a condition that is unknown does not match."""
    columns = {name: t[name] for name in t.columns}
    branches: list[tuple[ibis.BooleanValue, str]] = []
    rest: ibis.Value = ibis.null("string")
    for one in segments:
        if one.when is None:
            rest = ibis.literal(one.segment)
            break
        branches.append((to_ibis(one.when, columns).fill_null(False), one.segment))
    return ibis.cases(*branches, else_=rest) if branches else rest
