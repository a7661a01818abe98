"""False alarms and power of the detectors as they ship, on invented use with a known truth.

An account-month is four weekly looks. It is a false alarm where a finding opens in it (the finding was not there
at the look before); ``on`` counts it as well where a finding is merely still open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import stats
from usage_simulator import Floats, World, counts, portfolio

from holdfast.definitions.load import builtin
from holdfast.metrics.kernels.detect import OF_PORTFOLIO, Looks, tests
from holdfast.metrics.kernels.weekly_counts import WeeklyCounts
from holdfast.signals.detectors.portfolio_findings import READS, PortfolioFinding, portfolio_findings

Flags = NDArray[np.bool_]
FOUND = ("usage_decline_found", "usage_surge_found", "usage_silence_found", "slow_decline_found")
HISTORY = 110


@dataclass(frozen=True)
class Rate:
    """Account-months with a false alarm, of all."""

    alarms: int
    months: int
    on: int

    @property
    def share(self) -> float:
        """The share that opened."""
        return self.alarms / self.months

    @property
    def upper(self) -> float:
        """Upper end of the two-sided 95 % interval of Clopper and Pearson."""
        return float(stats.beta.ppf(0.975, self.alarms + 1, self.months - self.alarms)) if (
            self.alarms < self.months) else 1.0


def values(weekly: Floats, looks: Sequence[int]) -> tuple[Looks, dict[str, Floats]]:
    """The looks at the weeks' ends, and each value of the account detectors: one row a look, one column an account."""
    weeks, accounts = weekly.shape
    account, week = np.nonzero(weekly.T)
    start = np.where((weekly > 0).any(axis=0), (weekly > 0).argmax(axis=0), weeks)
    ids = pa.array([f"{n:07}" for n in range(accounts)])
    kept = WeeklyCounts(ids, start, weeks, account, week, weekly[week, account])
    found = Looks.of(_Held(kept), looks)
    names = sorted({*_takes().values()})
    table = tests(kept, found, names)
    place = np.searchsorted(np.array(looks), table["end"].to_numpy())
    who = table["account_id"].cast(pa.int64()).to_numpy()
    result = {name: np.full((len(looks), accounts), np.nan) for name in names}
    for name in names:
        result[name][place, who] = table[name].to_numpy()
    return found, result


@dataclass(frozen=True)
class _Held:
    counts: WeeklyCounts

    def total(self, sums: Callable[[WeeklyCounts], Floats]) -> Floats:
        return sums(self.counts)


def _takes() -> dict[str, str]:
    metrics = builtin().metrics
    used = {n for f in FOUND if (o := metrics[f].found) is not None for n in (o.of, o.effect) if n is not None}
    return {name: over.take for name in used if (over := metrics[name].detector) is not None}


def flags(found: Mapping[str, Floats], name: str, control: bool = False) -> Flags:
    """Whether the finding ``name`` holds: alone, or after control over all accounts of a look."""
    over, takes = builtin().metrics[name].found, _takes()
    assert over is not None
    chance, effect = found[takes[over.of]], found[takes[over.effect]] if over.effect else None
    holds = chance <= over.at_most
    if effect is not None and over.at_most_effect is not None:
        holds &= effect <= over.at_most_effect
    if effect is not None and over.at_least_effect is not None:
        holds &= effect >= over.at_least_effect
    return holds & _controlled(chance, over.false_share) if control else holds


def _controlled(chance: Floats, false_share: float) -> Flags:
    kept = np.zeros(chance.shape, bool)
    for row, values_of_look in zip(kept, chance, strict=True):
        told = np.isfinite(values_of_look)
        row[told] = stats.false_discovery_control(values_of_look[told]) <= false_share
    return kept


def rate(flag: Flags) -> Rate:
    """The rate over the looks of ``flag``; the first is only looked at to see what opens at the second."""
    opened, on = flag[1:] & ~flag[:-1], flag[1:]
    months = len(on) // 4
    by_month = [f[: 4 * months].reshape(months, 4, -1).any(axis=1) for f in (opened, on)]
    return Rate(int(by_month[0].sum()), by_month[0].size, int(by_month[1].sum()))


def cell(world: World, months: int, seed: int, accounts: int = 1000, history: int = HISTORY) -> dict[str, Rate]:
    """Each detector alone in a base of accounts that are all alike and to which nothing happens."""
    long = max(1, round(months / accounts))
    weekly = counts(np.random.default_rng(seed), world, accounts, history + 4 * long + 1)
    _, found = values(weekly, range(history + 1, history + 4 * long + 2))
    return {name: rate(flags(found, name)) for name in FOUND}


def whole(each: int, long: int, seed: int, **further: object) -> dict[str, Rate]:
    """A portfolio of all cells together: each detector and their union, alone and after control."""
    weekly = portfolio(np.random.default_rng(seed), each, HISTORY + 4 * long + 1, **further)  # type: ignore[arg-type]
    _, found = values(weekly, range(HISTORY + 1, HISTORY + 4 * long + 2))
    result = {}
    for words, control in (("alone", False), ("after control", True)):
        every = {name: flags(found, name, control) for name in FOUND}
        result.update({f"{name}, {words}": rate(flag) for name, flag in every.items()})
        result[f"union, {words}"] = rate(np.logical_or.reduce(list(every.values())))
    return result


def dip(each: int, seed: int) -> tuple[int, list[PortfolioFinding]]:
    """Account findings that open, after control, in a three-week dip of everybody and six weeks after it; notes.

    The portfolio does half its use in those weeks and in the same weeks a year before; accounts differ (CV 0.2)
    in how much.
    """
    weeks = HISTORY + 9
    together = np.ones(weeks)
    for year in (0, 52):
        together[HISTORY - year : HISTORY - year + 3] = 0.5
    weekly = portfolio(np.random.default_rng(seed), each, weeks, together, spread=0.2)
    ends = range(HISTORY - 54, weeks + 1)
    seen, found = values(weekly, ends)
    opened = 0
    for name in FOUND:
        flag = flags(found, name, control=True)[-10:]
        opened += int((flag[1:] & ~flag[:-1]).sum())
    monday = date(2025, 12, 22) - timedelta(weeks=HISTORY)
    rows = [
        {"as_of": monday + timedelta(weeks=end, days=-1), **dict(zip(READS, at, strict=True))}
        for end, *at in zip(ends, *(seen.portfolio(name).tolist() for name in OF_PORTFOLIO), strict=True)
    ]
    return opened, portfolio_findings(rows)


def power(name: str, world: World, factor: float, back: int, looks: int, seed: int, accounts: int = 10_000) -> float:
    """Share found at any of the last ``looks`` looks, where the rate became ``factor`` times ``back`` weeks ago.

    One account in 25 changes, so that the index stays what it was.
    """
    changed = accounts // 25
    by_week = np.ones((HISTORY, accounts))
    by_week[HISTORY - back :, :changed] = factor
    weekly = counts(np.random.default_rng(seed), world, accounts, HISTORY, by_week)
    _, found = values(weekly, range(HISTORY - looks + 1, HISTORY + 1))
    return float(flags(found, name)[:, :changed].any(axis=0).mean())


POWERS = (
    # detector, world, factor, weeks since, looks, the figure that is asked for, words
    ("usage_decline_found", World(10, 0.35), 0.5, 7, 4, 0.34, "-50 %, 10 a week, CV 0.35, looks 4-7 weeks after"),
    ("usage_decline_found", World(50, 0.35), 0.5, 7, 4, 0.68, "-50 %, 50 a week, CV 0.35, looks 4-7 weeks after"),
    ("usage_decline_found", World(10, 0.35), 0.2, 7, 4, 0.95, "-80 %, 10 a week, CV 0.35, looks 4-7 weeks after"),
    ("usage_decline_found", World(10, 0.8), 0.2, 7, 4, 0.44, "-80 %, 10 a week, CV 0.8, looks 4-7 weeks after"),
    ("usage_silence_found", World(3, 0.35), 0.0, 4, 1, 0.88, "silence, 3 a week, CV 0.35, one look 4 weeks after"),
    ("usage_silence_found", World(3, 0.8), 0.0, 7, 4, 0.88, "silence, 3 a week, CV 0.8, looks 4-7 weeks after"),
    ("slow_decline_found", World(3, 0.35), 0.6, 13, 13, 0.24, "-40 %, 3 a week, CV 0.35, within 13 weeks"),
    ("slow_decline_found", World(10, 0.35), 0.6, 13, 13, 0.71, "-40 %, 10 a week, CV 0.35, within 13 weeks"),
    ("slow_decline_found", World(50, 0.35), 0.6, 13, 13, 0.92, "-40 %, 50 a week, CV 0.35, within 13 weeks"),
)
