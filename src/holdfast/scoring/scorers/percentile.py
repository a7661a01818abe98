"""Percentile: rank among the peers of a frozen reference day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir


def percentile(
    value: ir.FloatingValue, peers: Mapping[str, Sequence[float]], group: ir.StringValue | None, down: bool
) -> ir.FloatingValue:
    """100 x (share of peers below + half of those equal); ``down`` gives 100 minus that.

    ``peers`` holds, by group, the values (or evenly spaced quantiles) of the reference day; the group ""
    is everyone. An account whose group has no reference scores nothing.

    >>> percentile(ibis.literal(3.0), {"": [1.0, 2.0, 3.0, 4.0]}, None, False).execute()
    62.5
    >>> percentile(ibis.literal(3.0), {"": [1.0, 2.0, 3.0, 4.0]}, None, True).execute()
    37.5
    """
    if group is None:
        return _rank(value, peers[""], down) if "" in peers else ibis.null("float64")
    known = [(group == name, _rank(value, values, down)) for name, values in sorted(peers.items())]
    return ibis.cases(*known, else_=None) if known else ibis.null("float64")


def _rank(value: ir.FloatingValue, peers: Sequence[float], down: bool) -> ir.FloatingValue:
    """Rank as a step function: one branch a distinct peer value, two where values can tie."""
    count = len(peers)
    branches: list[tuple[ir.BooleanValue, float | None]] = [(value.isnull(), None)]
    below = 0
    for peer in sorted(set(peers)):
        equal = peers.count(peer) if isinstance(peers, list) else list(peers).count(peer)
        branches.append((value < peer, _points(below, 0, count, down)))
        branches.append((value == peer, _points(below, equal, count, down)))
        below += equal
    return ibis.cases(*branches, else_=_points(below, 0, count, down))


def _points(below: int, equal: int, count: int, down: bool) -> float:
    share = 100.0 * (below + equal / 2.0) / count
    return 100.0 - share if down else share
