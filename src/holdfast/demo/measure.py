"""Alerts against the truth: which stories were found, how early, and how many alerts were false."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import Any

AFTER = timedelta(days=30)
"""How long after the end of a harmful story an alert still belongs to it."""
AHEAD = timedelta(days=30)
"""How long before churn an alert must stand to count as found."""
CURED = ("rescued",)
"""Stories that do harm until they turn."""
_Z = 1.959963984540054


@dataclass(frozen=True)
class Account:
    """What really happened at an account. ``begun`` and ``ended`` bound the time in which harm was done."""

    account_id: str
    story: str
    begun: date | None
    ended: date | None
    churned: date | None
    traced: bool

    def harmed(self, day: date) -> bool:
        """Whether an alert of the day belongs to a harmful story."""
        if self.begun is None or day < self.begun:
            return False
        return self.ended is None or day <= self.ended + AFTER


@dataclass(frozen=True)
class Alert:
    """A finding of one account, on the day on which it became grave enough."""

    account_id: str
    name: str
    day: date


def accounts(truth: Mapping[str, Any]) -> dict[str, Account]:
    """The accounts of a truth file by id."""
    found = (_account(row) for row in truth["accounts"])
    return {one.account_id: one for one in found}


def _account(row: Mapping[str, Any]) -> Account:
    harmful = row["harmful"] or row["story"] in CURED
    churned = _day(row["churned_on"])
    return Account(
        account_id=row["account_id"],
        story=row["story"],
        begun=_day(row["onset_on"]) if harmful else None,
        ended=churned or (_day(row["turned_on"]) if row["story"] in CURED else None),
        churned=churned if row["harmful"] else None,
        traced=row["leaves_trace"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def wilson(hits: int, count: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson; None without a base.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not count:
        return None
    share, z2 = hits / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z * sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return middle - half, middle + half


def stories(known: Mapping[str, Account], alerts: Iterable[Alert], since: date) -> list[dict[str, Any]]:
    """For each story that ended in churn after ``since`` + 30 days: share found, interval, median days before churn.

    Only accounts whose story leaves a trace count. Found is one with an alert between the onset and 30 days
    before churn; the days before churn are those of the first alert since the onset.
    """
    by_account: dict[str, list[date]] = defaultdict(list)
    for alert in alerts:
        by_account[alert.account_id].append(alert.day)
    groups: dict[str, list[tuple[bool, int | None]]] = defaultdict(list)
    for one in known.values():
        if one.churned is None or one.begun is None or not one.traced or one.churned - AHEAD < since:
            continue
        days = [d for d in by_account[one.account_id] if one.begun <= d <= one.churned]
        lead = (one.churned - min(days)).days if days else None
        groups[one.story].append((lead is not None and lead >= AHEAD.days, lead))
    return [_row(story, found) for story, found in sorted(groups.items())]


def _row(story: str, found: Sequence[tuple[bool, int | None]]) -> dict[str, Any]:
    hits, leads = sum(hit for hit, _ in found), [lead for _, lead in found if lead is not None]
    ends = wilson(hits, len(found))
    return {
        "story": story, "accounts": len(found), "found": hits, "share": hits / len(found),
        "low": ends[0] if ends else None, "high": ends[1] if ends else None,
        "median_days_before_churn": median(leads) if leads else None,
    }


def false_alarms(
    known: Mapping[str, Account], alerts: Iterable[Alert], looked: Mapping[str, Sequence[date]], step_days: int = 7
) -> dict[str, Any]:
    """Alerts of days on which no harmful story ran or had ended within 30 days, per year of such time.

    ``looked`` has for each account the weekly days on which it was scored.
    """
    wrong = [a for a in alerts if a.account_id in known and not known[a.account_id].harmed(a.day)]
    calm = sum(not known[account].harmed(day) for account, days in looked.items() if account in known for day in days)
    years = calm * step_days / 365.25
    return {
        "alarms": len(wrong), "account_years": years, "a_year": len(wrong) / years if years else None,
        "by_name": dict(Counter(a.name for a in wrong).most_common()),
    }


def recall(rows: Iterable[Mapping[str, Any]]) -> float | None:
    """The share of all accounts of the rows that was found."""
    listed = list(rows)
    count = sum(r["accounts"] for r in listed)
    return sum(r["found"] for r in listed) / count if count else None
