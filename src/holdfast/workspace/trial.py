"""An edited scorecard over all stored history: who changes band, with how much revenue, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from holdfast.definitions.load import load_edited
from holdfast.definitions.scorecard import Scorecard
from holdfast.errors.workspace import NoScorecardFile
from holdfast.evaluate.steps import plain
from holdfast.lake import Engine
from holdfast.portfolio import trial as counts
from holdfast.scoring.correlation import Correlations, correlations
from holdfast.scoring.measure import items
from holdfast.scoring.rescore import Edit, Stored, measured_rows, rescored
from holdfast.scoring.score import NOT_ENOUGH
from holdfast.scoring.weigh import HIGH_IS_BAD

from .published import Published
from .trial_inputs import edit, limit_days, of_days, scored_with, stored

STRONG = 0.8
"""Above this a pair of components or metrics is named: both say much the same."""
WORST = 2


class Trial:
    """One edited scorecard and what it does; nothing is stored. ``result`` is timed apart from ``related``.

    It looks at the stored Sundays and the newest day, so that each week counts alike where days are stored one by one.
    """

    def __init__(self, published: Published, path: Path) -> None:
        if not path.is_file():
            raise NoScorecardFile(path=str(path))
        self.published, self.path = published, path
        self.definitions, name = load_edited(published.site.folder, path)
        self.before = scored_with(published, self.definitions)
        dial = self.definitions.scorecards[name].dial
        tables = stored(published, dial)
        self.edit: Edit = edit(published, self.definitions, name, path, tables, self.before)
        since, self.notes = limit_days(self.edit, tables, self.before)
        self.days = [day for day in published.days if day.weekday() == counts.SUNDAY or day == published.as_of]
        looked_at = tables if self.days == published.days else of_days(tables, self.days)
        self.stored: Stored = replace(looked_at, limit_days=since)

    def document(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {**self.result(), "correlations": self.related()}

    def result(self) -> dict[str, Any]:
        """Flips, falls and histograms."""
        engine = self.published.site.engine
        rows = engine.cache(rescored(self.stored, self.edit))
        card = self.edit.card
        newest = self.published.as_of
        found = {
            "scorecard": {"name": card.scorecard, "version": card.version, "dial": card.dial, "file": str(self.path)},
            "as_of": newest.isoformat(),
            "days": len(self.days),
            "computed": [name for name in card.components if self.edit.moves or name not in self.edit.taken],
            "currency": self.definitions.settings.currency,
            "flips": _flips(engine, rows, self.stored.frame, newest),
            "weeks": _weeks(engine, rows, card),
            "histograms": _histograms(engine, rows, newest),
            "notes": self.notes,
        }
        engine.release(rows)
        return found

    def related(self) -> dict[str, Any]:
        """Correlations of the scores of components and of metrics, over all rows that the scorecard scores."""
        card = self.edit.card
        engine = self.published.site.engine
        scores = engine.arrow(measured_rows(self.stored, self.edit).drop("account_id", "as_of"))
        metrics = {item["s"]: item.name for item in items(card)}
        parts = {f"n{number}": name for number, name in enumerate(card.components)}
        found = correlations(scores)
        return {"above": STRONG, "components": _matrix(found, parts), "metrics": _matrix(found, metrics)}


def _matrix(found: Correlations, named: Mapping[str, str]) -> dict[str, Any]:
    """The part between the columns ``named``, under their names."""
    part = replace(found.of(list(named)), names=tuple(named.values()))
    return {"names": list(part.names), "r": part.r, "n": part.n, "pairs": part.above(STRONG)}


def _flips(engine: Engine, rows: ir.Table, frame: ir.Table, newest: date) -> dict[str, Any]:
    """Who changes band on the newest day, with revenue; ``moves`` sums the list."""
    facts = frame.filter(frame.as_of == ibis.literal(newest)).select("account_id", "name", "mrr")
    found = counts.flips(rows.filter(rows.as_of == ibis.literal(newest)))
    listed = engine.arrow(found.left_join(facts, "account_id").drop("account_id_right", "as_of")).to_pylist()
    accounts = [
        {
            "account_id": row["account_id"],
            "name": row["name"],
            "from": row["before_band"],
            "to": row["after_band"],
            "score_before": row["before_score"],
            "score_after": row["after_score"],
            "mrr": row["mrr"],
        }
        for row in sorted(listed, key=lambda r: (-(r["mrr"] or 0), r["account_id"]))
    ]
    moves: dict[tuple[str, str], list[Any]] = {}
    for row in accounts:
        moves.setdefault((row["from"], row["to"]), []).append(row)
    return {
        "accounts": len(accounts),
        "mrr": _revenue(accounts),
        "moves": [
            {"from": was, "to": now, "accounts": len(group), "mrr": _revenue(group)}
            for (was, now), group in sorted(moves.items())
        ],
        "list": [{**row, "mrr": plain(row["mrr"])} for row in accounts],
    }


def _revenue(rows: Sequence[Mapping[str, Any]]) -> float | None:
    known = [row["mrr"] for row in rows if row["mrr"] is not None]
    return plain(sum(known)) if known else None


def _weeks(engine: Engine, rows: ir.Table, card: Scorecard) -> list[dict[str, Any]]:
    """Each stored Sunday: accounts, how many differ in band, and falls into the two worst bands."""
    bands = sorted(card.bands, key=lambda b: card.bands[b], reverse=card.dial in HIGH_IS_BAD)
    watched = bands[:WORST]
    fell = {row["as_of"]: row for row in engine.arrow(counts.falls(rows, bands, watched)).to_pylist()}
    days = engine.arrow(counts.flips_by_day(rows)).to_pylist()
    return [
        {
            "week": day["as_of"].isoformat(),
            "accounts": day["accounts"],
            "flipped": day["flipped"],
            "falls": {
                side: {b: fell[day["as_of"]][f"{side}_{b}"] if day["as_of"] in fell else None for b in watched}
                for side in counts.SIDES
            },
        }
        for day in sorted(days, key=lambda d: d["as_of"])
        if day["as_of"].weekday() == counts.SUNDAY
    ]


def _histograms(engine: Engine, rows: ir.Table, newest: date) -> dict[str, Any]:
    """Scores by tenths before and after, on the newest day and over all days."""
    found = engine.arrow(counts.histogram(rows)).to_pylist()

    def counted(side: str, day: date | None) -> dict[str, Any]:
        bins = [0] * counts.BINS
        nothing = 0
        for row in found:
            if row["side"] != side or (day is not None and row["as_of"] != day):
                continue
            if row["bin"] is None:
                nothing += row["accounts"]
            else:
                bins[row["bin"]] += row["accounts"]
        return {"bins": bins, NOT_ENOUGH: nothing}

    return {
        "edges": [counts.BIN * n for n in range(counts.BINS + 1)],
        "newest": {side: counted(side, newest) for side in counts.SIDES},
        "all_days": {side: counted(side, None) for side in counts.SIDES},
    }
