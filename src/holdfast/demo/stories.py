"""The stories: what really happens at an account, from when on, and how it bends the use of the product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .chance import Array, stream
from .timeline import Days, Timeline

STORIES = (
    "steady",
    "growing",
    "quiet_integrated",
    "seasonal",
    "noise",
    "rescued",
    "slow_decline",
    "sudden_stop",
    "champion_leaves",
    "power_user",
    "polite_exit",
    "sponsor_missing",
    "price_shock",
    "failed_onboarding",
)
CODE = {name: code for code, name in enumerate(STORIES)}
HARMFUL = STORIES[6:]
CALM = {"steady": 0.36, "growing": 0.20, "quiet_integrated": 0.10, "seasonal": 0.12, "noise": 0.12, "rescued": 0.10}

CAUSES = {
    "steady": "nothing happens",
    "growing": "the team hires and uses more",
    "quiet_integrated": "people rarely log in; their systems use the interface all day",
    "seasonal": "hiring follows the seasons of the trade",
    "noise": "use goes up and down without a cause",
    "rescued": "use fell and was won back",
    "slow_decline": "work moves to another tool, team by team",
    "sudden_stop": "the project was stopped from one week to the next",
    "champion_leaves": "the person who carried the product left",
    "power_user": "one person without a budget does nearly all the work",
    "polite_exit": "expectations failed, nobody complains any more",
    "sponsor_missing": "the executive who paid for it is gone",
    "price_shock": "the price went up more than the budget allows",
    "failed_onboarding": "the product was never really introduced",
}
OBVIOUS = {
    "slow_decline": ("events", "call_notes"),
    "sudden_stop": ("events", "meetings"),
    "champion_leaves": ("contacts", "events"),
    "power_user": ("events", "call_notes"),
    "polite_exit": ("tickets", "messages"),
    "sponsor_missing": ("contacts", "external_signals"),
    "price_shock": ("invoices", "tickets"),
    "failed_onboarding": ("events", "meetings"),
    "rescued": ("events", "tickets"),
}
"""Story -> the source one would look at first, and the one that carries the trace where the first does not."""


@dataclass(frozen=True)
class Plot:
    """What happens at each account. Days are numbers since 1970; ``never`` stands for no such day."""

    story: Array
    onset: Days
    turn: Days
    churn: Days
    strength: Array
    traced: Array
    """False: the obvious source shows nothing"""
    hazard: Array
    """yearly churn hazard from which the churn day was drawn"""
    at_risk_from: Days

    never = 10**6

    def named(self, *names: str) -> Array:
        """Which accounts live one of these stories."""
        return np.isin(self.story, [CODE[name] for name in names])

    def under_way(self, who: Days, when: Days) -> Array:
        """Whether the story of account ``who`` has begun and has not turned on day ``when``."""
        return (when >= self.onset[who]) & (when < self.turn[who])

    def progress(self, who: Days, when: Days) -> Array:
        """0 at the onset, 1 at the churn day (or at the turn of a rescued account)."""
        end = np.minimum(self.churn[who], self.turn[who])
        return np.clip((when - self.onset[who]) / np.maximum(end - self.onset[who], 1), 0.0, 1.0)


def write_plot(seed: int, time: Timeline, signup: Days, hazard: Array, trial: Array) -> Plot:
    """Draw churn days from the hazard, then give each account the story that fits."""
    rng = stream(seed, "plot")
    count = len(signup)
    at_risk = np.maximum(time.first + 60, signup + 75)
    churn = at_risk + np.ceil(rng.exponential(365.0 / hazard)).astype(np.int64)
    longest = np.clip(np.minimum(churn - time.first, churn - signup) - 10, 46, 180)
    onset = churn - (45 + np.floor(rng.random(count) * (longest - 44))).astype(np.int64)
    doomed = (onset <= time.last - 7) & ~trial
    churn = np.where(doomed, churn, Plot.never)
    onset = np.where(doomed, onset, Plot.never)
    story = _cast(rng, time, signup, churn, doomed)
    turn = np.full(count, Plot.never)
    rescued = story == CODE["rescued"]
    latest = np.maximum(time.last - 190, signup + 60)
    earliest = np.maximum(time.first + 60, signup + 60)
    begin = earliest + (rng.random(count) * np.maximum(latest - earliest, 1)).astype(np.int64)
    onset = np.where(rescued, begin, onset)
    turn = np.where(rescued, begin + rng.integers(50, 110, count), turn)
    strength = 0.25 + 0.75 * rng.beta(2.0, 1.6, count)
    told = np.flatnonzero(onset < Plot.never)
    traced = np.ones(count, dtype=bool)
    shuffled = rng.permutation(told)
    for name in OBVIOUS:
        traced[shuffled[story[shuffled] == CODE[name]][2::5]] = False
    return Plot(story, onset, turn, churn, strength, traced, hazard, at_risk)


def _cast(rng: np.random.Generator, time: Timeline, signup: Days, churn: Days, doomed: Array) -> Array:
    story = np.searchsorted(np.cumsum(list(CALM.values())), rng.random(len(signup)) * 0.999999, side="right")
    story = np.where((story == CODE["rescued"]) & (signup > time.last - 320), CODE["steady"], story)
    story = np.where((story == CODE["seasonal"]) & (signup > time.last - 200), CODE["steady"], story)
    young = doomed & (churn - signup <= 330) & (signup >= time.first - 60)
    early = rng.permutation(np.flatnonzero(young))
    story[early] = CODE["failed_onboarding"]
    rest = np.concatenate([early[4::5], rng.permutation(np.flatnonzero(doomed & ~young))])
    for group in (rest[churn[rest] <= time.last], rest[churn[rest] > time.last]):
        cycle = [CODE[name] for name in HARMFUL[:-1]]
        if group.size and churn[group[0]] > time.last:
            cycle.append(CODE["polite_exit"])
        story[group] = np.resize(cycle, len(group))
    return story


def usage_factor(plot: Plot, signup: Days, phase: Array, who: Days, days: Days) -> Array:
    """How much the people of accounts ``who`` use the product on ``days``, against their ordinary level."""
    at, grid = who[:, None], days[None, :]
    code, strength = plot.story[at], plot.strength[at]
    seen = plot.traced[at]
    progress = plot.progress(at, grid) * (grid >= plot.onset[at])
    begun = (grid >= plot.onset[at]).astype(float)
    age = np.clip((grid - signup[at]) / 540.0, 0.0, 2.0)
    back = np.clip((grid - plot.turn[at]) / 60.0, 0.0, 1.0)
    yearly = 1.0 + 0.55 * np.sin(2 * np.pi * (grid / 365.25 + phase[at]))
    first_weeks = np.clip((grid - plot.onset[at]) / 6.0, 0.0, 1.0) * begun
    slump = 1.0 - strength * 0.7 * np.where(grid >= plot.turn[at], 1.0 - back, progress)
    bent = {
        "growing": 0.75 + 0.6 * strength * age,
        "quiet_integrated": np.full(np.broadcast_shapes(at.shape, grid.shape), 0.12),
        "seasonal": yearly,
        "rescued": np.where(seen, slump, 1.0),
        "slow_decline": np.where(seen, 1.0 - 0.85 * strength * progress**0.75, 1.0),
        "sudden_stop": np.where(seen, 1.0 - (0.45 + 0.5 * strength) * first_weeks, 1.0),
        "champion_leaves": 1.0 - 0.35 * strength * progress * seen,
        "power_user": np.where(seen, 0.8, 1.0),
        "polite_exit": 1.0 - 0.12 * progress,
        "price_shock": 1.0 - 0.3 * strength * progress,
        "failed_onboarding": np.where(seen, 0.6 - 0.45 * strength * begun, 0.9),
    }
    factor = np.ones(np.broadcast_shapes(at.shape, grid.shape))
    for name, values in bent.items():
        factor = np.where(code == CODE[name], values, factor)
    return factor
