"""What `holdfast try` reads: the stored tables, what they were scored with, and what an edit can take from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.scorecard import Scorecard
from holdfast.definitions.serialise import from_text
from holdfast.errors.workspace import MetricsNotStored, ReferenceDayNotStored
from holdfast.metrics.table import MetricTable
from holdfast.pipeline.history_tables import stored_table
from holdfast.scoring.choose import by_dial
from holdfast.scoring.inputs import metric_names
from holdfast.scoring.limits import daily_conditions, expiring, held_since
from holdfast.scoring.reference import References, reference_days
from holdfast.scoring.reference import references as freeze
from holdfast.scoring.rescore import Edit, Stored
from holdfast.scoring.reuse import Before, same_choice, same_components
from holdfast.state import definition_sets

from .published import Published


def stored(published: Published, dial: str) -> Stored:
    """The stored tables as scoring reads them."""
    site, versions = published.site, published.publish.tables
    names = ("frame", "metrics", "covered", "scores", "sums", "limits")
    tables = {n: stored_table(site.lake, site.engine, versions, n) for n in names}
    present = {name: table for name, table in tables.items() if table is not None}
    scores, sums = present["scores"], tables["sums"]
    return Stored(
        frame=present["frame"],
        metrics=MetricTable(present["metrics"], present["covered"]),
        scores=scores.filter(scores.dial == dial),
        sums=None if sums is None else sums.filter(sums.dial == dial),
        limit_days=tables["limits"],
    )


def of_days(tables: Stored, days: Sequence[date]) -> Stored:
    """The same tables on ``days`` alone; ``limit_days`` stay whole."""
    def kept(table: ir.Table) -> ir.Table:
        return table.filter(table.as_of.isin(list(days)))

    metrics = MetricTable(kept(tables.metrics.wide), kept(tables.metrics.covered))
    sums = None if tables.sums is None else kept(tables.sums)
    return Stored(kept(tables.frame), metrics, kept(tables.scores), sums, tables.limit_days)


def scored_with(published: Published, current: Definitions) -> list[Before]:
    """What the stored days were scored with, one entry for each set of definitions in force on some of them."""
    stored_references = published.publish.run.facts.get("references", {})
    days, steps = published.days, definition_sets.periods()
    found: list[Before] = []
    for number, (first, kept) in enumerate(steps):
        begins = date.min if number == 0 else first
        ends = steps[number + 1][0] if number + 1 < len(steps) else date.max
        if any(begins <= day < ends for day in days):
            definitions = current if kept.hash == current.hash else from_text(kept.text)
            references = References.from_json(stored_references.get(kept.hash, []))
            found.append((definitions.scorecards, definitions.metrics, references))
    return found


def edit(
    published: Published, definitions: Definitions, name: str, path: Path, tables: Stored, before: Sequence[Before]
) -> Edit:
    """The edit as scoring takes it. Raises where it asks for what is not stored."""
    card = definitions.scorecards[name]
    cards = by_dial(definitions.scorecards.values())[card.dial]
    _must_be_stored(path, cards, definitions, tables)
    references = _references(published, path, cards, definitions, tables, before)
    moves = not same_choice(cards, before, card.dial)
    taken = {} if tables.sums is None else same_components(card, definitions.metrics, references, before)
    return Edit(card, cards, references, definitions.metrics, taken, moves)


def _must_be_stored(path: Path, cards: Iterable[Scorecard], definitions: Definitions, tables: Stored) -> None:
    wanted = metric_names(cards, definitions.metrics)
    absent = sorted(wanted - set(tables.metrics.wide.columns) - set(tables.frame.columns))
    if absent:
        verb = "is" if len(absent) == 1 else "are"
        raise MetricsNotStored(path=str(path), metrics=", ".join(absent), verb=verb)


def _references(
    published: Published,
    path: Path,
    cards: Sequence[Scorecard],
    definitions: Definitions,
    tables: Stored,
    before: Sequence[Before],
) -> References:
    """Those stored where scorecard and metrics are as they were; else frozen from the stored metrics of the day."""
    known = References()
    todo: list[Scorecard] = []
    for card in cards:
        if not reference_days([card]):
            continue
        kept = [old for was, known_then, old in before
                if was.get(card.scorecard) == card and known_then == definitions.metrics]
        if kept:
            own = {key: value for key, value in kept[-1].of.items() if key[0] == card.scorecard}
            known = known.merged(References(own))
        else:
            todo.append(card)
    for day, named in reference_days(todo).items():
        if day not in published.days:
            nearest = min(published.days, key=lambda stored_day: abs((stored_day - day).days))
            raise ReferenceDayNotStored(
                path=str(path), scorecard=named[0].scorecard, day=day.isoformat(), nearest=nearest.isoformat()
            )
    return known.merged(freeze(published.site.engine, tables.frame, tables.metrics, todo)) if todo else known


def limit_days(edited: Edit, tables: Stored, before: Sequence[Before]) -> tuple[ir.Table | None, list[str]]:
    """Since when each expiring limit has held, and remarks where that rests on the stored days only.

    A limit that is as it was keeps its stored days under its new number.
    """
    cards = edited.cards if edited.moves else [edited.card]
    parts: list[ir.Table] = []
    anew: list[Scorecard] = []
    for card in cards:
        numbers = _kept_numbers(card, before)
        if len(numbers) < len(expiring(card)):
            anew.append(card)
        elif numbers and tables.limit_days is not None:
            mine = tables.limit_days.filter(tables.limit_days.scorecard == card.scorecard)
            mine = mine.filter(mine["limit"].isin(list(numbers)))
            number = ibis.cases(*((mine["limit"] == was, ibis.literal(now, "int64")) for was, now in numbers.items()))
            parts.append(mine.select("account_id", "as_of", "scorecard", number.name("limit"), "held_since"))
    if anew:
        conditions = daily_conditions(tables.frame, tables.metrics, edited.cards, edited.definitions)
        if conditions is not None:
            names = [card.scorecard for card in anew]
            parts.append(held_since(conditions.filter(conditions.scorecard.isin(names))))
    notes = [
        f"{card.scorecard}: since when a limit has held is counted over the stored days, not over every day"
        for card in anew
    ]
    return (ibis.union(*parts) if len(parts) > 1 else parts[0]) if parts else None, notes


def _kept_numbers(card: Scorecard, before: Sequence[Before]) -> dict[int, int]:
    """Old number to new of the expiring limits whose condition is as it was on every stored day."""
    found: dict[int, int] = {}
    for now, limit, _ in expiring(card):
        numbers = set()
        for was, _, _ in before:
            old = was.get(card.scorecard)
            same = [n for n, x, _ in (expiring(old) if old else []) if x.when.text == limit.when.text]
            numbers.add(same[0] if same else None)
        if len(numbers) == 1 and (number := numbers.pop()) is not None and number not in found:
            found[number] = now
    return found
