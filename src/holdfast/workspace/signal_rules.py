"""The rules of signals in force: what each says, how often it spoke lately and was right, and what says the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping
from datetime import timedelta
from typing import Any

from holdfast.actions.capacity import capacity_of
from holdfast.actions.volume import volume
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.expression import Expression
from holdfast.definitions.signal import SEVERITIES, Signal, Threshold

from .accounts import accounts
from .published import Published
from .signals import not_computable

SPAN = 90
"""Days of the period, and of the one before it."""
_SIGNS = {"<=": "≤", ">=": "≥", "<>": "≠", "!=": "≠"}


def signal_rules(published: Published, only: Container[str] | None = None) -> dict[str, Any]:
    """Every rule with its words and counts over the accounts in ``only`` (None: all), the gravest first.

    ``last`` counts findings opened in the 90 days up to the published day, ``before`` those of the 90 days before
    that; null where the stored history does not reach back so far. ``right`` of ``judged`` come from the outcomes
    that people gave; a judgement counts whenever it was given. ``looked`` says on how many stored days each period was
    looked at: with more of them, findings that held for a few days only are seen too.
    """
    definitions, as_of = published.site.definitions, published.as_of
    found = [row for row in published.read("signals", columns=("account_id", "signal", "opened_on", "cleared_on"))
             .to_pylist() if only is None or row["account_id"] in only]
    start, earlier = as_of - timedelta(days=SPAN), as_of - timedelta(days=2 * SPAN)
    counts = {
        "open": Counter(row["signal"] for row in found if row["cleared_on"] is None),
        "last": Counter(row["signal"] for row in found if start < row["opened_on"] <= as_of),
        "before": Counter(row["signal"] for row in found if earlier < row["opened_on"] <= start),
    }
    first = published.days[0]
    judged = verdicts(only)
    lacking = {row["signal"]: row["missing"] for row in not_computable(published)}
    rows = [
        {**_rule(one, definitions), **{key: counted[name] for key, counted in counts.items()},
         "last": counts["last"][name] if first <= start else None,
         "before": counts["before"][name] if first <= earlier else None,
         "right": judged.get(name, (0, 0))[0], "judged": judged.get(name, (0, 0))[1], "missing": lacking.get(name, [])}
        for name, one in definitions.signals.items()
    ]
    listed = [r for r in accounts(published, None, None, None, "known") if only is None or r["account_id"] in only]
    return {
        "as_of": as_of.isoformat(), "from": (start + timedelta(days=1)).isoformat(), "stored_from": first.isoformat(),
        "looked": {"last": sum(start < day <= as_of for day in published.days),
                   "before": sum(earlier < day <= start for day in published.days)},
        "before_from": (earlier + timedelta(days=1)).isoformat(),
        "rules": sorted(rows, key=lambda r: (bool(r["missing"]), -SEVERITIES[r["severity"]], r["label"])),
        "overlap": volume(listed, capacity_of(definitions))["overlap"],
    }


def verdicts(only: Container[str] | None) -> dict[str, tuple[int, int]]:
    """Signal -> how often people said of these accounts that it was right, of how often they said anything."""
    from holdfast.state.case import RIGHT, CaseVerdict

    found: dict[str, list[int]] = {}
    for key, signal, outcome in CaseVerdict.objects.values_list("case__key", "signal", "outcome"):
        if only is None or key in only:
            counts = found.setdefault(signal, [0, 0])
            counts[0] += outcome in RIGHT
            counts[1] += 1
    return {signal: (right, every) for signal, (right, every) in found.items()}


def _rule(one: Signal, definitions: Definitions) -> dict[str, Any]:
    playbook = definitions.playbooks.get(one.playbook or "")
    return {
        "signal": one.signal, "label": one.label, "category": one.category, "nature": one.nature,
        "severity": one.severity, "owner": one.owner, "due": one.due, "action": one.action, "evidence": one.evidence,
        "playbook": playbook.label if playbook else one.playbook,
        "when": one.when.text, "words": in_words(one.when, definitions, one.thresholds),
        "until": in_words(one.until, definitions, one.thresholds) if one.until else None,
        "levels": [{"severity": level.severity, "words": in_words(level.when, definitions, one.thresholds)}
                   for level in one.levels],
        "holds_for": one.holds_for, "cool_down": one.cool_down, "expires": one.expires,
    }


def in_words(
    condition: Expression, definitions: Definitions, thresholds: Mapping[str, Threshold] | None = None
) -> str:
    """A condition with the labels of metrics and signals in place of their names, and its thresholds as numbers.

    >>> from holdfast.definitions.load import builtin
    >>> in_words(Expression.parse("seats_active >= 5 and plan <> 'pro'"), builtin())
    "“Seats under contract” ≥ 5 and plan ≠ 'pro'"
    """
    texts = {name: name.replace("_", " ") for name in condition.names}
    texts |= {name: f"“{one.label}”" for name, one in definitions.metrics.items()}
    texts |= {name: f"“{rule.label}”" for name, rule in definitions.signals.items()}
    for name, limit in (thresholds or {}).items():
        others = ", ".join(f"{case.value:g} where {case.when.text}" for case in limit.cases)
        texts[name] = f"{limit.otherwise:g}" + (f" ({others})" if others else "")
    pieces = re.split(r"('[^']*')", condition.text)
    return "".join(piece if piece.startswith("'") else _replaced(piece, texts) for piece in pieces)


def _replaced(piece: str, texts: Mapping[str, str]) -> str:
    signs = re.sub(r"<=|>=|<>|!=", lambda found: _SIGNS[found.group()], piece)
    return re.sub(r"\b[a-zA-Z_]\w*\b", lambda found: texts.get(found.group(), found.group()), signs)

