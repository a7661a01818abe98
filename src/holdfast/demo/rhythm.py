"""What moves everyone's use alike: weekdays, holidays, the December dip, outages; and each account's noise."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from . import names
from .chance import Array, stream
from .stories import CODE, usage_factor
from .timeline import Days, day, number, weekday
from .world import World

WEEKDAYS = np.array([1.0, 1.06, 1.04, 1.0, 0.82, 0.05, 0.04])


def outages(world: World) -> list[tuple[int, int]]:
    """First and last day of each outage of the product: two or three working days, about two a year."""
    rng = stream(world.seed, "outages")
    time = world.time
    wanted = max(1, round(len(time.months) / 6))
    weeks = rng.permutation(np.arange(4, max(time.weeks - 2, 5)))
    spans: list[tuple[int, int]] = []
    for week in weeks:
        monday = time.first_monday + 7 * int(week)
        if len(spans) < wanted and not any(_quiet(day(monday + k)) for k in range(7)):
            begin = monday + int(rng.integers(0, 3))
            spans.append((begin, begin + int(rng.integers(1, 3))))
    return sorted(spans)


def _quiet(when: date) -> bool:
    return (when.month, when.day) >= (12, 15) or (when.month, when.day) <= (1, 8) or when.month == 8


@cache
def holiday_days(region: str, first: int, last: int) -> frozenset[int]:
    """Day numbers on which the teams of a region do not work."""
    years = range(day(first).year, day(last).year + 1)
    listed = [*names.HOLIDAYS["all"], *names.HOLIDAYS.get(region, ())]
    return frozenset(number(date(y, m, d)) for y in years for m, d, _ in listed)


def common_factor(world: World, days: Days) -> Array:
    """The factor of each day that all accounts share."""
    factor = WEEKDAYS[weekday(days)].copy()
    for i, value in enumerate(days):
        when = day(value)
        if (when.month, when.day) >= (12, 20) or (when.month, when.day) <= (1, 3):
            factor[i] *= 0.35
        elif when.month == 8:
            factor[i] *= 0.85
    for first, last in outages(world):
        factor[(days >= first) & (days <= last)] *= 0.25
    return factor


def weekly_noise(world: World) -> Array:
    """Accounts x weeks: how the weeks of an account differ without any cause."""
    rng = stream(world.seed, "noise")
    wild = np.where(world.plot.story == CODE["noise"], 0.55, 0.16)[:, None]
    drawn = rng.standard_normal((world.count, world.time.weeks), dtype=np.float32)
    return np.exp(wild * drawn - wild**2 / 2).astype(np.float32)


def activity(world: World, noise: Array, who: Days, days: Days) -> Array:
    """Accounts x days: the factor on the chance that a user is active; 0 outside the account's life."""
    factor = usage_factor(world.plot, world.signup, world.phase, who, days)
    factor = factor * common_factor(world, days)[None, :]
    factor *= noise[who][:, (days - world.time.first_monday) // 7]
    for code, country in enumerate(names.COUNTRIES):
        closed = holiday_days(country[1], world.time.first, world.time.last)
        off = np.isin(days, list(closed))
        factor[np.ix_(world.country[who] == code, off)] *= 0.12
    grid, at = days[None, :], who[:, None]
    linger = (grid >= world.plot.churn[at]) & (grid < world.plot.churn[at] + 12) & (at % 6 == 0)
    factor *= np.where(grid >= world.plot.churn[at], np.where(linger, 0.08, 0.0), 1.0)
    return factor * (grid >= world.signup[at])
