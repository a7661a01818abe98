"""How many findings there are: by rule, against what people can take on, and which rules say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

LEAST_TOGETHER = 5
SAME = 0.5
"""Two rules overlap where they share at least half of the accounts on which either holds, and five of them."""
_WEEK = timedelta(days=7)


def volume(rows: Sequence[Mapping[str, Any]], capacity: Callable[[Any], int], owner: str = "owner") -> dict[str, Any]:
    """``load`` an owner, ``rules`` with what each adds, and ``overlap`` of rules, over account rows with cases.

    ``owner`` names the column that says whose the account is. A rule's ``new`` are findings opened within seven
    days; ``alone`` counts accounts on which no other rule holds.
    """
    listed = [row for row in rows if row.get("case")]
    return {"load": _load(listed, capacity, owner), "rules": _rules(listed), "overlap": _overlap(listed)}


def _load(rows: Sequence[Mapping[str, Any]], capacity: Callable[[Any], int], owner: str) -> list[dict[str, Any]]:
    books: dict[Any, Counter[str]] = defaultdict(Counter)
    for row in rows:
        mine, case = books[row.get(owner)], row["case"]
        mine[case["lane"]] += 1
        mine["clock"] += bool(case["clock"])
        mine["new"] += bool(case["clock"]) and _new(row, case["newest_on"])
    return [
        {"owner": who, "capacity": capacity(who), "with_clock": mine["clock"], "new_7d": mine["new"],
         **{lane: mine[lane] for lane in ("week", "small", "later", "watch", "good")},
         "over": max(0, mine["week"] + mine["small"] + mine["later"] - capacity(who))}
        for who, mine in sorted(books.items(), key=lambda pair: (pair[0] is None, str(pair[0])))
    ]


def _rules(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for step in row["actions"]:
            rule = found.setdefault(step["signal"], {
                "signal": step["signal"], "label": step["label"], "accounts": 0, "new_7d": 0, "alone": 0})
            rule["accounts"] += 1
            rule["new_7d"] += _new(row, step["opened_on"])
            rule["alone"] += len(row["actions"]) == 1
    return sorted(found.values(), key=lambda rule: (-rule["accounts"], rule["signal"]))


def _overlap(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    each: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for row in rows:
        names = sorted({step["signal"] for step in row["actions"]})
        each.update(names)
        both.update(combinations(names, 2))
    pairs: list[dict[str, Any]] = [
        {"signals": list(pair), "accounts": count, "share": count / (each[pair[0]] + each[pair[1]] - count)}
        for pair, count in both.items() if count >= LEAST_TOGETHER
    ]
    kept = [pair for pair in pairs if pair["share"] >= SAME]
    return sorted(kept, key=lambda pair: (-pair["share"], pair["signals"]))


def _new(row: Mapping[str, Any], opened: Any) -> bool:
    if not opened:
        return False
    return date.fromisoformat(str(opened)) > date.fromisoformat(str(row["as_of"])) - _WEEK
