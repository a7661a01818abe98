"""Any day by either clock, computed from the record versions that the publish was bound to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.serialise import from_text
from holdfast.evaluate.evaluation import Evaluation, believed, evaluate
from holdfast.scoring.reference import References
from holdfast.segments.frame import account_frame
from holdfast.state.definition_sets import in_force

from .published import Published


@dataclass(frozen=True)
class DayEvaluation:
    """An evaluation and the definitions that it used."""

    definitions: Definitions
    evaluation: Evaluation


def definitions_on(published: Published, day: date) -> Definitions:
    """The definitions in force on ``day``."""
    found = in_force(day)
    current = published.site.definitions
    return current if found is None or found.hash == current.hash else _earlier(found.text)


@lru_cache(maxsize=8)
def _earlier(text: str) -> Definitions:
    """Definitions that were in force before; their text never changes, and reading it takes a second."""
    return from_text(text)


def evaluation_of(published: Published, day: date, clock: str | None) -> DayEvaluation | None:
    """All accounts on ``day`` under the definitions in force on it, computed anew; None where nobody was known."""
    definitions = definitions_on(published, day)
    snapshot = published.site.snapshot(published.versions)
    asked = snapshot.cut(day) if clock == "believed" else snapshot
    frame = account_frame(asked, definitions, [day], "known")
    if not published.site.engine.arrow(frame.aggregate(n=frame.count()))["n"][0].as_py():
        return None
    references = stored_references(published, definitions)
    if clock == "believed":
        return DayEvaluation(definitions, believed(snapshot, definitions, day, references))
    return DayEvaluation(definitions, evaluate(snapshot, definitions, [day], references))


def stored_references(published: Published, definitions: Definitions) -> References | None:
    """What the publish's run froze for the definitions, from the rows that are read here; None where it did not."""
    stored = published.publish.run.facts.get("references", {})
    return References.from_json(stored[definitions.hash]) if definitions.hash in stored else None
