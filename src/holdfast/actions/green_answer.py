"""From the code of a green check to its answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.green_check import GreenCheck
from holdfast.signals.available import names_needed, rests_on_roles
from holdfast.signals.green_codes import EXEMPT, FAIL, PASS, UNCLEAR

from .wording import fill


@dataclass(frozen=True)
class Answer:
    """What a check says about an account: the code of ``signals.green_codes``, and the evidence in words."""

    check: str
    label: str
    asks: str
    code: int
    evidence: str
    weight: float
    action: str
    owner: str


def answer(one: GreenCheck, code: int, values: Mapping[str, Any], definitions: Definitions) -> Answer:
    """The answer of an account that was asked. ``values`` are those that the code was told from."""
    return Answer(one.check, one.label, one.asks, code, _evidence(one, code, values, definitions), one.weight,
                  one.action, one.owner)


def _evidence(one: GreenCheck, code: int, values: Mapping[str, Any], definitions: Definitions) -> str:
    if code >= FAIL:
        text = one.fails[code - FAIL].evidence
    elif code == EXEMPT and one.exempt is not None:
        text = one.exempt.evidence
    elif code == PASS:
        text = one.passes
    elif code >= UNCLEAR:
        return _sentence(one.unknown[code - UNCLEAR].why)
    else:
        return _sentence(_missing(one, values, definitions))
    filled = fill(text, values, definitions.metrics, definitions.settings.currency)
    return filled if filled is not None else _sentence(_missing(one, values, definitions, text_of=one.label))


def _missing(
    one: GreenCheck, values: Mapping[str, Any], definitions: Definitions, text_of: str = ""
) -> str:
    metrics = definitions.metrics
    needed = sorted({name for reason in one.fails for name in names_needed(reason.when)})
    lacking = [name for name in needed if values.get(name) is None]
    if not lacking:
        return text_of
    if not values.get("contacts_with_roles") and any(rests_on_roles(name, metrics) for name in lacking):
        return "role not recorded"
    named = [metrics[n].label if n in metrics else n.replace("_", " ") for n in lacking]
    return f"not known: {', '.join(named)}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
