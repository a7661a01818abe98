"""Score held: the mark of a score that rests on an overdue source, with the newest score that did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from .inputs import names_used, records_read


def held(
    scores: ir.Table, overdue: ir.Table, scorecards: Iterable[Scorecard], definitions: Mapping[str, Metric]
) -> ir.Table:
    """Held scores: account_id, as_of, dial, held_since, held_score.

    ``overdue`` (as_of, record) names the records whose source was late on a day. A score is held on a day
    when its scorecard reads such a record; ``held_since`` is the newest earlier day, among those in
    ``scores``, on which it read none, and ``held_score`` the score of that day. Both are null where the
    source was late on every stored day.
    """
    short = _short(overdue, scorecards, definitions)
    joined = scores.select("account_id", "as_of", "dial", "scorecard", "score").left_join(short, ["as_of", "scorecard"])
    marked = joined.select(
        "account_id", "as_of", "dial", "score", late=joined.late.fill_null(False) & joined.score.notnull()
    )
    whole = ~marked.late & marked.score.notnull()
    run = ibis.window(group_by=[marked.account_id, marked.dial], order_by=marked.as_of, preceding=None, following=0)
    since = marked.mutate(held_since=ibis.cases((whole, marked.as_of), else_=None).max().over(run))
    last = marked.filter(whole).select("account_id", "dial", held_since=marked.as_of, held_score=marked.score)
    found = since.filter(since.late).left_join(last, ["account_id", "dial", "held_since"])
    return found.select("account_id", "as_of", "dial", "held_since", "held_score")


def _short(overdue: ir.Table, scorecards: Iterable[Scorecard], definitions: Mapping[str, Metric]) -> ir.Table:
    """(as_of, scorecard, late): the days on which a scorecard reads an overdue record."""
    pairs = [(c.scorecard, r) for c in scorecards for r in sorted(_reads(c, definitions))]
    listed = ibis.memtable(
        {"scorecard": [c for c, _ in pairs], "record": [r for _, r in pairs]},
        schema={"scorecard": "string", "record": "string"},
    )
    found = overdue.inner_join(listed, "record").select("as_of", "scorecard").distinct()
    return found.mutate(late=ibis.literal(True))


def _reads(card: Scorecard, definitions: Mapping[str, Metric]) -> set[str]:
    return {r for name in names_used([card]) if name in definitions for r in records_read(name, definitions)}
