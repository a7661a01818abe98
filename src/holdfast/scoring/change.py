"""The exact change of a score between two days, by cause: each part the difference of two evaluated states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine

from .asking import Asking, Question, alone
from .change_items import items_between, notice
from .model import Model, between
from .rows import Row, ScoredRows
from .states import State

CAUSES = ("model", "reference", "segment", "data", "manual", "behaviour")
"""The binding order in which causes are substituted."""
START = "start"


@dataclass(frozen=True)
class Ends:
    """The three sets of inputs: D1 as believed on D1, D1 as now known, and D2; and the two models.

    With the clock ``known`` believed and known are the same state. Each state is taken with the scorecards
    of both models. Where metric definitions changed, ``restated`` is D1 as believed on D1 under the later
    definitions (the others but ``believed`` are under the later ones too): the step belongs to the model.
    """

    believed: State
    known: State
    after: State
    before_model: Model
    after_model: Model
    restated: State | None = None


def change(ends: Ends, dial: str = "health", engine: Engine | None = None) -> dict[str, Any]:
    """``{from, to, delta, parts[{cause, amount, items[]}], notice}``; ``delta`` is the sum of the parts.

    Where the score of either day is withheld there is no delta and there are no parts.
    """
    return alone(changing(ends, dial), engine)


def changing(ends: Ends, dial: str = "health") -> Asking[dict[str, Any]]:
    """The same as work that can be done beside that on other accounts."""
    found: dict[str, Any] = {
        "from": ends.believed.as_of.isoformat(),
        "to": ends.after.as_of.isoformat(),
        "from_score": None,
        "to_score": None,
        "delta": None,
        "parts": [],
        "notice": None,
    }
    states = yield from _states(ends, dial)
    first, last = states[START], states["behaviour"]
    before = _shown(first, ends.before_model)
    after = _shown(last, ends.after_model)
    found |= {"from_score": before, "to_score": after}
    if before is None or after is None:
        return found
    parts, current = [], first
    for cause in CAUSES:
        following = states[cause]
        if following.scores[0]["score"] is None and cause != "behaviour":
            following = current
        amount = following.scores[0]["score"] - current.scores[0]["score"]
        parts.append(
            {
                "cause": cause,
                "amount": amount,
                "items": items_between(current, following, ends.after_model.definitions),
            }
        )
        current = following
    found |= {"delta": after - before, "parts": parts}
    found["notice"] = notice(found, first, last, ends.after_model)
    return found


def _states(ends: Ends, dial: str) -> Asking[dict[str, ScoredRows]]:
    """The start, and the state after each cause, all laid on the later day."""
    at = ends.after.as_of
    before, after, both = between(ends.before_model, ends.after_model, dial)
    start = ends.restated or ends.believed
    moved = replace(start, traits=ends.after.traits, kinds=ends.after.kinds)
    known = replace(
        moved,
        values=ends.known.values,
        measured=ends.known.measured,
        covered=ends.known.covered,
        since=ends.known.since,
    )
    if ends.restated is None and both is None:
        done = {**(yield Question(after, {START: ends.believed, "behaviour": ends.after}, at))}
        done["model"] = done[START]
    else:
        done = {**(yield Question(before, {START: ends.believed}, at))}
        done |= yield Question(both or after, {"model": start}, at)
        done |= yield Question(after, {"behaviour": ends.after}, at)
    ages = _ages(after.card(done["behaviour"].scores[0]["scorecard"]))
    data = _data(known, ends.after, ages)
    manual = _manual(data, ends, after)
    steps = {"reference": start, "segment": moved, "data": data, "manual": manual}
    found = yield Question(after, steps, at)
    return {**done, **found}


def _ages(card: Scorecard | None) -> dict[str, int]:
    """Longest age by metric in the scorecard that scores the later day."""
    if card is None:
        return {}
    flat = [item for part in card.components.values() for item in part.metrics.items()]
    return {name: int(m.max_age.removesuffix("d")) for name, m in flat if m.max_age is not None}


def present(state: State, metric: str, ages: Mapping[str, int]) -> bool:
    """Whether a value stands there and is fresh."""
    if state.values.get(metric) is None:
        return False
    age, longest = state.age(metric), ages.get(metric)
    return longest is None or (age is not None and age <= longest)


def _data(known: State, after: State, ages: Mapping[str, int]) -> State:
    """Inputs now known about the earlier day; what is present on one day only goes to its later state."""
    arrived = {n for n in known.values if present(known, n, ages) != present(after, n, ages)}
    return _taken(known, after, arrived)


def _taken(state: State, after: State, names: set[str]) -> State:
    """``state`` with the named metrics as on the later day, their ages kept."""
    values, measured = dict(state.values), dict(state.measured)
    for name in names:
        age = after.age(name)
        values[name] = after.values[name]
        measured[name] = None if age is None else state.as_of - timedelta(days=age)
    return replace(state, values=values, measured=measured)


def _manual(data: State, ends: Ends, after: Model) -> State:
    """What people typed, as on the later day; and the time of running limits passes."""
    typed = {n for n in data.values if n in after.definitions and after.definitions[n].manual}
    state = _taken(data, ends.after, typed)
    days = ends.after.as_of - state.as_of
    aged = {key: day - days for key, day in state.since.items()}
    later = {key: state.as_of - (ends.after.as_of - day) for key, day in ends.after.since.items()}
    return replace(state, since={**aged, **later})


def _shown(rows: ScoredRows, model: Model) -> float | None:
    """The score, or None where the scorecard withholds it."""
    row: Row = rows.scores[0]
    card = model.card(row["scorecard"])
    if card is None or row["score"] is None or row["coverage"] < card.withhold_below_coverage - 1e-12:
        return None
    return float(row["score"])
