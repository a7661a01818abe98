"""``extends``: a scorecard file over its base. Null removes; ``score`` and lists are replaced whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .document import Path, Places
from .finding import Finding
from .nearest import nearest
from .parse import RawScorecard

OWN = frozenset({"scorecard", "version", "reason", "reviewed", "extends", "accept"})
"""Keys that a scorecard never takes from its base."""
WHOLE = frozenset({"score", "applies", "reference"})
"""Keys whose value is one decision: replaced, not merged."""


def resolve(
    raw: RawScorecard, others: Sequence[RawScorecard], findings: list[Finding]
) -> RawScorecard | None:
    """``raw`` with its bases laid under it; None (and a finding) where a base is unknown or circular.

    What ships extends only what ships: a file of the workspace may take a built-in name and extend another
    built-in scorecard that itself extends the one of that name.
    """
    chain = [raw]
    while (base_name := chain[-1].data.get("extends")) is not None:
        top = chain[-1]
        place = (raw if top.shipped else top).places.of(("extends",))
        bases = [card for card in others if card.name == base_name and card is not top]
        if top.shipped:
            bases = [card for card in bases if card.shipped]
        base = next((card for card in bases if card.shipped or top.shipped), None) \
            if base_name == top.name else next(iter(bases), None)
        if base is None:
            findings.append(Finding("HF-E051", "error", place, f"the scorecard {base_name!r} is not known",
                                    "extends names a file in scorecards/ or a scorecard that ships",
                                    nearest(str(base_name), {card.name for card in others})))
            return None
        if base in chain:
            findings.append(Finding("HF-E052", "error", place, "extends runs in a circle: "
                                    + " -> ".join(card.name for card in [*chain, base])))
            return None
        chain.append(base)
    result = chain[-1]
    for card in reversed(chain[:-1]):
        result = _over(result, card)
    return result


def _over(base: RawScorecard, card: RawScorecard) -> RawScorecard:
    inherited = {key: value for key, value in base.data.items() if key not in OWN}
    places = Places(card.places.top)
    data = _merge(inherited, card.data, (), base.places, card.places, places)
    return RawScorecard(card.name, data, places, card.shipped)


def _merge(
    base: Mapping[Any, Any], own: Mapping[Any, Any], path: Path, under: Places, over: Places, places: Places
) -> dict[Any, Any]:
    _copy_place(over if over.has(path) else under, path, places)
    result: dict[Any, Any] = {}
    for key in [*base, *(key for key in own if key not in base)]:
        inner = (*path, str(key))
        if key in own and own[key] is None and key in base:
            continue
        if key in own and key in base and _mergeable(key, base[key], own[key]):
            result[key] = _merge(base[key], own[key], inner, under, over, places)
        else:
            result[key] = own[key] if key in own else base[key]
            _copy_below(over if key in own else under, inner, places)
    return result


def _mergeable(key: Any, base: Any, own: Any) -> bool:
    return isinstance(base, dict) and isinstance(own, dict) and key not in WHOLE


def _copy_place(source: Places, path: Path, target: Places) -> None:
    target.put_value(path, source.of(path))
    if path in source.keys:
        target.put_key(path, source.keys[path])


def _copy_below(source: Places, path: Path, target: Places) -> None:
    for p in source.values:
        if p[:len(path)] == path:
            _copy_place(source, p, target)
