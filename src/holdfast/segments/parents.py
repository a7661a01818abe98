"""Parent companies: which accounts roll up into which."""

from __future__ import annotations

import ibis

DEPTH = 6


def descendants(frame: ibis.Table) -> ibis.Table:
    """All accounts below each parent: (as_of, parent_id, account_id, depth), children have depth 1.

    A parent that is not an account itself on that day still has its children. An account never lies
    below itself, however the links run in circles; links beyond six levels are not followed. Where two
    ways lead from a parent to an account, the shorter one gives the depth.
    """
    named = frame.parent_id.notnull() & (frame.parent_id != "") & (frame.parent_id != frame.account_id)
    links = frame.filter(named).select("as_of", "parent_id", "account_id")
    level = links.mutate(depth=ibis.literal(1).cast("int64"))
    levels = [level]
    for depth in range(2, DEPTH + 1):
        upper = level.rename(middle="account_id").drop("depth")
        below = links.rename(day_="as_of", middle_="parent_id", child="account_id")
        joined = upper.join(below, [upper.as_of == below.day_, upper.middle == below.middle_])
        joined = joined.filter(joined.child != joined.parent_id)
        level = joined.select("as_of", "parent_id", account_id="child",
                              depth=ibis.literal(depth).cast("int64")).distinct()
        levels.append(level)
    every = ibis.union(*levels, distinct=False)
    return every.group_by("as_of", "parent_id", "account_id").agg(depth=every.depth.min())
