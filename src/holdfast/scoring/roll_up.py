"""Parents: the own score beside the lowest and the revenue-weighted one of the whole family below."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from holdfast.definitions.scorecard import Scorecard
from holdfast.segments.parents import descendants

EXACT = "decimal(38, 9)"


def roll_up(scores: ir.Table, frame: ir.Table, scorecards: Iterable[Scorecard]) -> ir.Table:
    """One row a parent, day and dial.

    Columns account_id, as_of, dial, children (scored ones below), own, lowest_child, lowest_child_id,
    revenue_weighted (over the parent and everything below, by revenue above zero; null where there is
    none), and rolled: the one of the three that the parent's scorecard names under ``roll_up``.
    """
    family = _family(frame)
    named = scores.select("account_id", "as_of", "dial", "scorecard", "score")
    revenue = frame.select("account_id", "as_of", arr=frame.arr.cast("float64"))
    known = named.inner_join(revenue, ["account_id", "as_of"])
    member = family.inner_join(known, [family.member == known.account_id, family.as_of == known.as_of])
    member = member.select("ancestor", "member", as_of=family.as_of, dial=known.dial, score=known.score, arr=known.arr)
    below = (member.member != member.ancestor) & member.score.notnull()
    weight = ibis.cases(((member.arr > 0.0) & member.score.notnull(), member.arr), else_=0.0)
    earned = ibis.cases((weight > 0.0, member.score * weight), else_=0.0).cast(EXACT)
    marked = member.mutate(below=below, weight=weight.cast(EXACT), earned=earned)
    found = marked.group_by(["ancestor", "as_of", "dial"]).agg(
        children=marked.below.cast("int64").sum().cast("int64"),
        lowest_child=marked.score.min(where=marked.below),
        own=marked.score.max(where=marked.member == marked.ancestor),
        revenue_weighted=marked.earned.sum().cast("float64") / marked.weight.sum().cast("float64").nullif(0.0),
        members=marked.member.nunique(),
    )
    parents = found.filter(found.members > 1)
    return _rolled(_with_lowest(parents, marked), named, scorecards)


def _family(frame: ir.Table) -> ir.Table:
    """(ancestor, member, as_of): every account with itself and with each account below it."""
    below = descendants(frame).select(ancestor="parent_id", member="account_id", as_of="as_of")
    own = frame.select(ancestor=frame.account_id, member=frame.account_id, as_of=frame.as_of)
    return below.union(own)


def _with_lowest(parents: ir.Table, marked: ir.Table) -> ir.Table:
    """Name the child with the lowest score; equal scores are settled by id."""
    children = marked.filter(marked.below).select(
        "ancestor", "as_of", "dial", lowest_child=marked.score, lowest_child_id=marked.member
    )
    keys = ["ancestor", "as_of", "dial", "lowest_child"]
    first = children.group_by(keys).agg(lowest_child_id=children.lowest_child_id.min())
    joined = parents.left_join(first, keys)
    return joined.select(*parents.columns, "lowest_child_id")


def _rolled(table: ir.Table, named: ir.Table, scorecards: Iterable[Scorecard]) -> ir.Table:
    joined = table.inner_join(
        named, [table.ancestor == named.account_id, table.as_of == named.as_of, table.dial == named.dial]
    ).select(*(table[c] for c in table.columns), scorecard=named.scorecard)
    branches = [(joined.scorecard == c.scorecard, joined[c.roll_up]) for c in scorecards if c.roll_up != "own"]
    rolled = ibis.cases(*branches, else_=joined.own) if branches else joined.own
    return joined.select(
        "as_of",
        "dial",
        "children",
        "own",
        "lowest_child",
        "lowest_child_id",
        "revenue_weighted",
        account_id=joined.ancestor,
        rolled=rolled,
    )
