"""A signal: a condition over an account that, while it holds, is a finding with an owner and a time to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .expression import Expression
from .metric import Horizon
from .model import Definition

Severity = Literal["critical", "very_high", "high", "medium", "low"]
SEVERITIES: Mapping[str, int] = {"critical": 5, "very_high": 4, "high": 3, "medium": 2, "low": 1}
"""Closed list of severities, and their rank."""
SignalCategory = Literal[
    "usage", "engagement", "sentiment", "financial", "organisational", "competitive", "contractual", "support",
    "value", "data",
]
Nature = Literal["risk", "opportunity"]


class Level(Definition):
    """While ``when`` holds too, the finding has this severity; the gravest level that holds counts."""

    severity: Severity
    when: Expression


class Case(Definition):
    """The value of a threshold for the accounts for which ``when`` holds (columns of the account only)."""

    when: Expression
    value: float


class Threshold(Definition):
    """A number that conditions may name: the first case that holds, else ``otherwise``.

    ``service`` takes the cases from service.yml: the days that the account's tier promises, 36,500 where it promises
    nothing of the kind; then ``otherwise`` is for accounts whose tier is not known.
    """

    otherwise: float
    service: Literal["outreach_days", "review_days", "executive_days"] | None = None
    cases: tuple[Case, ...] = ()


class Signal(Definition):
    """While ``when`` holds for a scored account there is a finding; ``action`` is due within ``due``.

    ``when`` may name metrics, columns of the account frame, the names of scores (see the names of signals in
    the reference), the signal's own ``thresholds``, and other signals, which are true while they hold. It
    opens the finding once it has held for ``holds_for``. The finding ends when ``until`` holds (by default:
    when ``when`` is false), when ``expires`` has passed since it opened, or when the account is no longer
    scored. What is unknown neither opens nor ends it. When it comes back within ``cool_down``, it is the same
    finding. While it is open, the findings ``instead_of`` are not listed beside it. Texts may name in braces
    what conditions may name, without the sign as ``{name:abs}``. ``covers`` names rows of signal tables.
    """

    signal: str
    label: str
    category: SignalCategory
    horizon: Horizon = "leading"
    action_window: str = "60d"
    nature: Nature = "risk"
    severity: Severity = "medium"
    when: Expression
    until: Expression | None = None
    levels: tuple[Level, ...] = ()
    thresholds: Mapping[str, Threshold] = {}
    holds_for: str | None = None
    cool_down: str = "14d"
    expires: str | None = None
    instead_of: tuple[str, ...] = ()
    evidence: str
    action: str
    owner: str
    due: str
    playbook: str | None = None
    metric: str | None = None
    covers: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[tuple[Expression, tuple[str | int, ...]], ...]:
        """Every condition over the account's values, with its path in the definition."""
        found: list[tuple[Expression, tuple[str | int, ...]]] = [(self.when, ("when",))]
        if self.until is not None:
            found.append((self.until, ("until",)))
        found += [(level.when, ("levels", n, "when")) for n, level in enumerate(self.levels)]
        return tuple(found)

    @property
    def names(self) -> frozenset[str]:
        """Every name that the conditions use, without the thresholds."""
        used = [condition.names for condition, _ in self.conditions]
        used += [case.when.names for one in self.thresholds.values() for case in one.cases]
        return frozenset().union(*used) - set(self.thresholds)


def days_of(text: str | None) -> int | None:
    """Days of a span such as 14d; None for none.

    >>> days_of("14d"), days_of(None)
    (14, None)
    """
    return None if text is None else int(text.removesuffix("d"))
