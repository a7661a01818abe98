"""The one rank of cases: revenue at stake x churn estimate or severity x urgency x evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holdfast.definitions.signal import Severity

from .wording import NO_BREAK, number

CHANCE: dict[str, float] = {"critical": 0.5, "very_high": 0.4, "high": 0.3, "medium": 0.15, "low": 0.05}
"""What a severity counts for where there is no churn estimate."""
_LEFT: Sequence[tuple[int, float]] = ((0, 3.0), (1, 2.0), (3, 1.5), (7, 1.0))
_LATER, _PAST, _UNCLEAR, _UNSCORED = 0.5, 0.5, 0.5, 0.5
_PRIOR = 10


@dataclass(frozen=True)
class Weight:
    """A factor and, in words, where it comes from."""

    value: float
    why: str


@dataclass(frozen=True)
class Rank:
    """The factors of a case. ``assumed``: the revenue is not known, and the median of the known ones counts."""

    revenue: float
    assumed: bool
    chance: Weight
    urgency: Weight
    evidence: Weight

    @property
    def pressing(self) -> float:
        """The product without the revenue: the order among small accounts."""
        return self.chance.value * self.urgency.value * self.evidence.value

    @property
    def priority(self) -> float:
        """The product of all factors; a revenue counts at least 1, so that nobody is lost."""
        return max(self.revenue, 1.0) * self.pressing

    def words(self, currency: str) -> str:
        """The product as one line, each factor with its reason."""
        money = f"{currency}{NO_BREAK}{number(self.revenue, 0)} a year"
        base = f"{money} (price unknown: the median of the others)" if self.assumed else money
        parts = [f"{w.why} {number(w.value, 2)}" for w in (self.chance, self.urgency, self.evidence)]
        return " × ".join((base, *parts)) + f" = {number(self.priority, 0)}"


def chance(severity: Severity | str, churn: float | None = None) -> Weight:
    """The churn estimate where there is one, else what the severity counts for.

    >>> chance("high").value, chance("high", 0.41).value
    (0.3, 0.41)
    """
    if churn is not None:
        return Weight(churn, "churn estimate")
    return Weight(CHANCE[severity], f"severity {severity.replace('_', ' ')}")


def urgency(as_of: date, due: date, opened: date | None, window_days: int, renews: date | None = None) -> Weight:
    """Weight of the time left to answer, or of a near renewal where that weighs more.

    3 on the day or past it, 2 for a day, 1.5 for three, 1 for a week, else 0.5. A finding whose action window
    has passed counts 0.5: it was not answered while it could be. A renewal within 30 days counts 2, within 90
    days 1.5.

    >>> urgency(date(2026, 3, 29), date(2026, 3, 31), None, 60)
    Weight(value=1.5, why='due in 2 days')
    >>> urgency(date(2026, 3, 29), date(2025, 3, 31), date(2025, 3, 30), 60).why
    'open for longer than its window of 60 days'
    """
    left = (due - as_of).days
    if opened is not None and as_of > opened + timedelta(days=window_days):
        found = Weight(_PAST, f"open for longer than its window of {window_days} days")
    else:
        value = next((weight for most, weight in _LEFT if left <= most), _LATER)
        found = Weight(value, _due_words(left))
    to_renewal = (renews - as_of).days if renews is not None else -1
    near = 2.0 if 0 <= to_renewal <= 30 else 1.5 if 30 < to_renewal <= 90 else 0.0
    return Weight(near, f"renews in {_days(to_renewal)}") if near > found.value else found


def evidence(coverage: float | None, state: str, right: int = 0, judged: int = 0) -> Weight:
    """Share of the score's weight that has data x what people said of the rule x half where the finding is unclear.

    ``right`` of ``judged`` findings of the rule were neither no risk nor wrong data. Few judgements move little:
    the share counts as if ten more had been right. A score without known coverage counts 0.5.

    >>> evidence(0.9, "open").value, evidence(1.0, "open", right=0, judged=10).value
    (0.9, 0.5)
    """
    trust = (right + _PRIOR) / (judged + _PRIOR)
    data = _UNSCORED if coverage is None else coverage
    why = "coverage unknown, counted as" if coverage is None else "coverage"
    if judged:
        why += f" and rule right {right} of {judged} times"
    if state == "unknown":
        why += ", not told today"
    return Weight(data * trust * (_UNCLEAR if state == "unknown" else 1.0), why)


def _due_words(left: int) -> str:
    if left < 0:
        return f"{_days(-left)} over"
    return "due today" if left == 0 else f"due in {_days(left)}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{number(count)} days"
