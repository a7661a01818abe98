"""One case an account: the finding that presses most, its rank, and its place in the week of its owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any, Literal

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.signal import SEVERITIES, days_of

from .rank import Rank, chance, evidence, urgency

Lane = Literal["week", "small", "later", "watch", "good"]
LANES: Mapping[str, str] = {
    "week": "this week, most at stake first",
    "small": "small accounts, which an order by revenue never reaches",
    "later": "beyond what the owner can take on in a week",
    "watch": "nothing grave enough for a response clock",
    "good": "good news",
}
"""Closed list of lanes in their order, and what they mean."""
Verdicts = Mapping[str, tuple[int, int]]
"""Signal -> how often it was right, of how many judged findings."""
Row = dict[str, Any]


def with_cases(
    rows: Sequence[Mapping[str, Any]],
    definitions: Definitions,
    capacity: Callable[[Any], int],
    verdicts: Verdicts | None = None,
    settled: Collection[str] = (),
    standings: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Row]:
    """The account rows with ``case`` beside their ``actions``; None where an account has no open finding.

    The key of a case is that of its account. ``capacity`` gives the cases a week of an owner key. Cases named
    in ``settled`` are closed and take no place in anybody's week. ``standings`` says of each account which
    escalation holds (``way``) and, by playbook, whether its success is measured.
    """
    known = [float(row["arr"]) for row in rows if row.get("arr") is not None]
    middle = median(known) if known else 1.0
    made: list[Row] = []
    for row in rows:
        case = _case(row, definitions, middle, verdicts or {}) if row["actions"] else None
        if case is not None:
            case |= _standing(case, definitions, (standings or {}).get(row["account_id"]))
        made.append({**row, "case": case})
    _into_lanes([r for r in made if r["case"]], definitions, capacity, middle, set(settled))
    return made


def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Lanes in their order, within each the place that the rank gave."""
    case = row["case"]
    return tuple(LANES).index(case["lane"]), case["rank"]


def _case(row: Mapping[str, Any], definitions: Definitions, middle: float, verdicts: Verdicts) -> Row:
    risks = [step for step in row["actions"] if step["nature"] == "risk"]
    ranked = [(_rank(step, row, definitions, middle, verdicts), step) for step in risks or row["actions"]]
    rank, lead = min(ranked, key=lambda pair: (-pair[0].pressing, -SEVERITIES[pair[1]["severity"]], pair[1]["signal"]))
    gravest = max((step["severity"] for step in risks), key=lambda s: SEVERITIES[s], default=lead["severity"])
    found = [step["opened_on"] for step in risks or row["actions"] if step["opened_on"]]
    return {
        "key": row["account_id"],
        "signal": lead["signal"],
        "severity": gravest,
        "due_on": lead["due_on"],
        "found_on": min(found, default=row["as_of"]),
        "newest_on": max(found, default=row["as_of"]),
        "clock": bool(risks) and SEVERITIES[gravest] >= SEVERITIES[definitions.settings.work.clock_from],
        "good": not risks,
        "priority": rank.priority,
        "pressing": rank.pressing,
        "factors": {"revenue": rank.revenue, "revenue_assumed": rank.assumed, "chance": rank.chance.value,
                    "urgency": rank.urgency.value, "evidence": rank.evidence.value},
        "why": rank.words(definitions.settings.currency),
        "signals": [step["signal"] for step in row["actions"]],
    }


def _standing(case: Row, definitions: Definitions, standing: Mapping[str, Any] | None) -> Row:
    book = definitions.signals[case["signal"]].playbook
    success = standing["success"].get(book) if standing else None
    return {"way": standing["way"] if standing else None, "success": success}


def _rank(
    step: Mapping[str, Any], row: Mapping[str, Any], definitions: Definitions, middle: float, verdicts: Verdicts
) -> Rank:
    signal = definitions.signals[step["signal"]]
    right, judged = verdicts.get(step["signal"], (0, 0))
    return Rank(
        middle if row.get("arr") is None else float(row["arr"]),
        row.get("arr") is None,
        chance(step["severity"], row.get("churn_estimate")),
        urgency(_day(row["as_of"]), _day(step["due_on"]), _opened(step), days_of(signal.action_window) or 0,
                _day(row["renews_on"]) if row.get("renews_on") else None),
        evidence(row.get("coverage"), step["state"], right, judged),
    )


def _into_lanes(
    rows: list[Row], definitions: Definitions, capacity: Callable[[Any], int], middle: float, settled: set[str]
) -> None:
    work = definitions.settings.work
    books: dict[Any, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (-r["case"]["priority"], r["account_id"])):
        case = row["case"]
        case["lane"] = "good" if case["good"] else "later" if case["clock"] else "watch"
        books[row.get("owner_key")].append(row)
    for owner, mine in books.items():
        _week(mine, capacity(owner), work.small_places, middle, settled)
    ranks: dict[str, int] = defaultdict(int)
    by = {"small": "pressing"}
    for row in sorted(rows, key=lambda r: (-r["case"][by.get(r["case"]["lane"], "priority")], r["account_id"])):
        case = row["case"]
        ranks[case["lane"]] += 1
        case["rank"] = ranks[case["lane"]]
        del case["pressing"], case["good"]


def _week(mine: list[Row], capacity: int, small_places: int, middle: float, settled: set[str]) -> None:
    """Fill the week of one owner from ``mine``, which is in order of priority."""
    live = [row for row in mine if row["account_id"] not in settled]
    with_clock = [row for row in live if row["case"]["clock"]]
    for row in with_clock[: max(0, capacity - small_places)]:
        row["case"]["lane"] = "week"
    small = [
        row for row in live
        if row["case"]["lane"] in ("later", "watch") and row.get("arr") is not None and float(row["arr"]) < middle
    ]
    small.sort(key=lambda r: (-r["case"]["pressing"], r["account_id"]))
    for row in small[: min(small_places, capacity)]:
        row["case"]["lane"] = "small"
    free = capacity - sum(row["case"]["lane"] in ("week", "small") for row in live)
    for row in [r for r in with_clock if r["case"]["lane"] == "later"][: max(0, free)]:
        row["case"]["lane"] = "week"


def _opened(step: Mapping[str, Any]) -> date | None:
    return _day(step["opened_on"]) if step.get("opened_on") else None


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
