"""Scores of stored history under an edited scorecard, from stored metrics or from what components came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from .choose import chosen
from .inputs import KEYS, inputs
from .limits import with_since
from .measure import items, measure
from .outputs import LETTERS, sum_name
from .reference import References
from .score import NOT_ENOUGH, finished
from .scorers.points import other_columns
from .weigh import SUMS, column, sums, totals, weigh

if TYPE_CHECKING:
    from holdfast.metrics.table import MetricTable


@dataclass(frozen=True)
class Stored:
    """The tables of stored history: ``scores`` and ``sums`` of the edited scorecard's dial only."""

    frame: ir.Table
    metrics: MetricTable
    scores: ir.Table
    sums: ir.Table | None
    limit_days: ir.Table | None


@dataclass(frozen=True)
class Edit:
    """An edited scorecard among those of its dial.

    ``taken``: by component that is as it was, its number in the stored sums. ``moves``: whether an account
    may now fall under another scorecard of the dial.
    """

    card: Scorecard
    cards: Sequence[Scorecard]
    references: References
    definitions: Mapping[str, Metric]
    taken: Mapping[str, int]
    moves: bool


def rescored(stored: Stored, edit: Edit) -> ir.Table:
    """Every stored account and day, before and after.

    Columns account_id, as_of, before_score, before_band, after_score, after_band. A row that the edited
    scorecard neither scored nor scores keeps what is stored.
    """
    if edit.taken and not edit.moves and stored.sums is not None:
        return _from_sums(stored, stored.sums, edit)
    after = _computed(stored, edit)
    scores = stored.scores
    joined = scores.left_join(after, KEYS)
    known = joined.after_band.notnull()
    missing_score, missing_band = (
        (ibis.null("float64"), ibis.literal(NOT_ENOUGH)) if edit.moves else (joined.score, joined.band)
    )
    return joined.select(
        *KEYS,
        before_score=joined.score,
        before_band=joined.band,
        after_score=ibis.cases((known, joined.after_score), else_=missing_score),
        after_band=ibis.cases((known, joined.after_band), else_=missing_band),
    )


def measured_rows(stored: Stored, edit: Edit) -> ir.Table:
    """The rows that the edited scorecard scores, with the score of each metric (s0..) and component (n0..)."""
    rows = _rows(stored, edit, edit.card)
    table = sums(measure(rows, edit.card, edit.references, edit.definitions), edit.card)
    return table.select(
        *KEYS,
        *(item["s"] for item in items(edit.card)),
        **{
            f"n{n}": table[column("k", n)] * 100.0 / table[column("f", n)].nullif(0.0)
            for n in range(len(edit.card.components))
        },
    )


def _rows(stored: Stored, edit: Edit, card: Scorecard) -> ir.Table:
    table = inputs(stored.frame, stored.metrics, edit.cards, edit.definitions)
    picked = table.mutate(scorecard__=chosen(table, list(edit.cards)))
    rows = picked.filter(picked.scored.fill_null(True) & (picked.scorecard__ == card.scorecard))
    return with_since(rows, card, stored.limit_days)


def _computed(stored: Stored, edit: Edit) -> ir.Table:
    cards = edit.cards if edit.moves else [edit.card]
    done = [
        _after(finished(weigh(measure(_rows(stored, edit, c), c, edit.references, edit.definitions), c), c))
        for c in cards
    ]
    return ibis.union(*done) if len(done) > 1 else done[0]


def _after(done: ir.Table) -> ir.Table:
    return done.select(*KEYS, after_score=done.score, after_band=done.band)


def _from_sums(stored: Stored, table: ir.Table, edit: Edit) -> ir.Table:
    """Only the components that changed are computed; the others come from the stored sums."""
    card = edit.card
    changed = [name for name in card.components if name not in edit.taken]
    mine = table.filter(table.scorecard == card.scorecard)
    kept = mine.select(
        *KEYS,
        before_score=mine.score,
        before_band=mine.band,
        **{
            column(LETTERS[name], list(card.components).index(part)): mine[sum_name(name, number)]
            for part, number in edit.taken.items()
            for name in SUMS
        },
    )
    limits = frozenset().union(*(limit.when.names for limit in card.limits))
    weighed = {name: m for part in changed for name, m in card.components[part].metrics.items()}
    only = frozenset(weighed) | (limits & {item.name for item in items(card)})
    used = limits | only | set().union(*(other_columns(m.score) for m in weighed.values()), set())
    frame = stored.frame
    traits = [c for c in frame.columns if c in used and c not in stored.metrics.wide.columns]
    if traits:
        side = frame.select(*KEYS, *traits)
        kept = kept.left_join(side, KEYS).drop("account_id_right", "as_of_right")
    rows = inputs(kept, stored.metrics, [card], edit.definitions, names=used, carry=True)
    rows = with_since(rows, card, stored.limit_days)
    carried = [c for c in kept.columns if c not in KEYS and c not in traits]
    measured = measure(rows, card, edit.references, edit.definitions, only=only, carry=carried)
    done = finished(totals(sums(measured, card, changed), card), card)
    new = done.select(
        *KEYS, "before_score", "before_band", after_score=done.score, after_band=done.band
    )
    scores = stored.scores
    rest = scores.filter(scores.scorecard.isnull() | (scores.scorecard != card.scorecard))
    others = rest.select(
        *KEYS, before_score=rest.score, before_band=rest.band, after_score=rest.score, after_band=rest.band
    )
    return new.union(others)
