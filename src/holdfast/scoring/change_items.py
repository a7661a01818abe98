"""What makes up one part of a change: metric by metric, limit by limit, adding up to the part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from holdfast.definitions.metric import Metric

from .reasons import label
from .rows import ScoredRows
from .words import points_words, shorten, value_words

if TYPE_CHECKING:
    from .model import Model

NOTHING = 1e-12


def items_between(before: ScoredRows, after: ScoredRows, definitions: Mapping[str, Metric]) -> list[dict[str, Any]]:
    """The metrics and adjustments whose points differ between two states, greatest first."""
    if before is after:
        return []
    found = []
    old = {p["metric"]: p for p in before.points}
    new = {p["metric"]: p for p in after.points}
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        amount = (now["points"] if now else 0.0) - (was["points"] if was else 0.0)
        if abs(amount) > NOTHING:
            found.append(
                {
                    "metric": name,
                    "label": label(name, definitions),
                    "amount": amount,
                    "from": was["value"] if was and was["score"] is not None else None,
                    "to": now["value"] if now and now["score"] is not None else None,
                    "text": _text(name, was, now, definitions),
                }
            )
    found += _adjusted(before, after)
    return sorted(found, key=lambda i: (-abs(i["amount"]), i["label"]))


def _adjusted(before: ScoredRows, after: ScoredRows) -> list[dict[str, Any]]:
    old, new = (
        {(a["kind"] if a["kind"] == "missing" else a["why"]): a for a in rows.adjustments} for rows in (before, after)
    )
    found = []
    for key in sorted({*old, *new}):
        was, now = (old[key]["amount"] if key in old else 0.0), (new[key]["amount"] if key in new else 0.0)
        if abs(now - was) > NOTHING:
            why = (new.get(key) or old[key])["why"]
            found.append({"metric": None, "label": why, "amount": now - was, "from": was, "to": now, "text": why})
    return found


def _text(name: str, was: Any, now: Any, definitions: Mapping[str, Metric]) -> str:
    """Such as "Logins, 30 days: 45 to 3"; where only the weight changed, that."""
    metric = definitions.get(name)
    title = label(name, definitions)

    def words(row: Any) -> str:
        if row is None:
            return "not weighed"
        if row["score"] is None:
            return str(row["missing"])
        return value_words(metric, row["value"]) if metric else f"{row['value']:g}"

    left, right = words(was), words(now)
    if left == right and was is not None and now is not None:
        if abs(was["weight_effective"] - now["weight_effective"]) > NOTHING:
            return f"{title}: weight {was['weight_effective']:.1f} to {now['weight_effective']:.1f}"
        if was["score"] != now["score"]:
            return f"{title}: {was['score']:.0f} to {now['score']:.0f} points of 100 for {right}"
    return f"{title}: {left} to {right}"


def notice(found: Mapping[str, Any], before: ScoredRows, after: ScoredRows, model: Model) -> dict[str, Any] | None:
    """The reason that comes first where a score is up only because data are gone.

    Up without the data part would be level or down, and inputs that counted before count no longer.
    """
    data = next(p["amount"] for p in found["parts"] if p["cause"] == "data")
    if found["delta"] <= 0 or found["delta"] - data > NOTHING:
        return None
    old = {p["metric"]: p for p in before.points if p["score"] is not None}
    fresh = {p["metric"] for p in after.points if p["score"] is not None}
    gone = sorted((p for n, p in old.items() if n not in fresh), key=lambda p: -p["weight_effective"])
    if not gone:
        return None
    names = label(gone[0]["metric"], model.definitions) + (f" and {len(gone) - 1} more" if len(gone) > 1 else "")
    text = f"{points_words(found['delta'])} only as data are gone: {names}"
    return {"text": shorten(text), "metric": gone[0]["metric"], "value": found["delta"]}
