"""Work on one account that needs states scored on its way, so that many accounts can be scored in one call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from holdfast.lake import Engine

from .hybrid import evaluate
from .model import Model
from .rows import ScoredRows
from .states import State

Made = TypeVar("Made")
_APART = "\x1f"


@dataclass(frozen=True)
class Question:
    """States by label, to be scored by a model on a day."""

    model: Model
    states: Mapping[str, State]
    at: date


Asking = Generator[Question, Mapping[str, ScoredRows], Made]
"""Work that asks one question after the other and is given the rows of each label."""


def alone(asking: Asking[Made], engine: Engine | None = None) -> Made:
    """Do the work by itself."""
    return together({"": asking}, engine)[""]


def together(asking: Mapping[str, Asking[Made]], engine: Engine | None = None) -> dict[str, Made]:
    """Do all the work side by side: questions of equal model and day that stand at once are one call."""
    made: dict[str, Made] = {}
    waiting: dict[str, Question] = {}

    def go_on(name: str, given: Mapping[str, ScoredRows] | None) -> None:
        try:
            waiting[name] = next(asking[name]) if given is None else asking[name].send(given)
        except StopIteration as done:
            made[name] = done.value

    for name in asking:
        go_on(name, None)
    while waiting:
        standing, waiting = waiting, {}
        for name, given in _answered(standing, engine).items():
            go_on(name, given)
    return {name: made[name] for name in asking}


def _answered(standing: Mapping[str, Question], engine: Engine | None) -> dict[str, dict[str, ScoredRows]]:
    alike: dict[tuple[Model, date], dict[str, State]] = defaultdict(dict)
    for name, one in standing.items():
        alike[one.model, one.at] |= {f"{name}{_APART}{label}": state for label, state in one.states.items()}
    rows: dict[str, ScoredRows] = {}
    for (model, at), states in alike.items():
        rows |= evaluate(states, model, at, engine).by_account()
    none = ScoredRows((), (), (), ())
    return {
        name: {label: rows.get(f"{name}{_APART}{label}", none) for label in one.states}
        for name, one in standing.items()
    }
