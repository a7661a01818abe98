"""The tests of one account's use against its own past: decline, surge, silence, slow decline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .overdispersion import RECENT, Common, Look, Places, Predicted, Span
from .weekly_counts import Floats

BASE = 24
SEEN_RECENT, SEEN_BASE, LEAST_COUNTS = 2, 8, 6
"""Weeks that must be seen of the tested four and of the base, and the counts that the base must hold."""
YEAR = 52
DIP, SLOW_DIP = 0.05, 0.01
"""Chance below which last year's weeks were a dip that this year's may repeat: of four weeks, of many."""
LONGEST_SILENCE = 26
SLOW = 0.6
SLOW_SHORTEST, SLOW_SPANS = 9, (13, 26)
SLOW_SEEN, SLOW_COUNTS = 12, 12
WINDOW = 96
"""Weeks that a look needs: a year back, the base before that, and room for the index to start."""


def recent_use(look: Look, common: Common) -> dict[str, Floats]:
    """Decline and surge: the last four complete weeks against the 24 before them.

    ``decline_p``, ``surge_p``: chance of so few or so many counts while use is unchanged; ``effect``: relative
    distance to the base, at the portfolio's index. A dip that the same weeks of last year had as well is not
    held against the account.
    """
    tested, predicted, told = _recent(look, common, look.weeks)
    effect = tested.counts / predicted.mean - 1
    decline = np.maximum(predicted.at_most(tested.counts), _with_season(look, common, tested, predicted))
    return {
        "decline_p": np.where(told, decline, np.nan),
        "surge_p": np.where(told, predicted.at_least(tested.counts), np.nan),
        "effect": np.where(told, effect, np.nan),
    }


def _recent(look: Look, common: Common, end: int) -> tuple[Span, Predicted, NDArray[np.bool_]]:
    """The four weeks before ``end``, what the weeks before them predict, and whether it can be told."""
    tested, base = look.span(end - RECENT, end), look.span(end - RECENT - BASE, end - RECENT)
    scatter = common.own(look.span(max(end - YEAR - RECENT, 0), end - RECENT))
    told = (tested.weeks >= SEEN_RECENT) & (base.weeks >= SEEN_BASE) & (base.counts >= LEAST_COUNTS)
    return tested, Predicted.after(base, tested, scatter, common), told


def _with_season(look: Look, common: Common, tested: Span, predicted: Predicted) -> Floats:
    """Chance of so few counts if last year's dip in the same weeks, or a week beside them, comes again."""
    chance = np.zeros(look.accounts)
    for beside in (-1, 0, 1):
        then, expected, told = _recent(look, common, look.weeks - YEAR + beside)
        dip = told & (expected.at_most(then.counts) < DIP)
        share = (then.counts + 0.5) / (expected.mean + 0.5)
        again = Predicted(np.maximum(predicted.mean * np.minimum(share, 1.0), 1e-9),
                          predicted.extra + expected.extra + 1 / (then.counts + 0.5))
        chance = np.where(dip, np.maximum(chance, again.at_most(tested.counts)), chance)
    return chance


def silence(look: Look, common: Common) -> dict[str, Floats]:
    """Complete weeks without a count up to now, and the chance of that at the rate of the weeks before them."""
    quiet = np.ones(look.accounts, bool)
    length, weeks = np.zeros(len(quiet), np.int64), np.zeros(len(quiet))
    for back in range(1, LONGEST_SILENCE + 1):
        week = look.weeks - back
        quiet = quiet & look.started[week] & (look.counts[week] == 0)
        length += quiet
        weeks += quiet & look.seen[week]
    begun = look.weeks - length
    base, tested = look.span(begun - BASE, begun), look.span(begun, look.weeks)
    predicted = Predicted.after(base, tested, common.own(look.span(begun - YEAR, begun)), common)
    told = (base.weeks >= SEEN_BASE) & (base.counts >= LEAST_COUNTS)
    chance = np.where(weeks > 0, predicted.none(), 1.0)
    return {"silence_p": np.where(told, chance, np.nan),
            "silent_weeks": np.where(look.started[-1], weeks, np.nan)}


def slow_decline(look: Look, common: Common) -> dict[str, Floats]:
    """CUSUM: the largest log-likelihood ratio, over the week of the change, of 0.6 times the rate against no change.

    The change lies 9 to 26 weeks back (9 to 13 while the history is short), the rate comes from up to a year
    before those weeks. ``slow_score`` is at least 0; ``slow_effect`` is the relative distance since that week.
    A dip that the same weeks of last year had as well is expected again.
    """
    score, effect = np.full(look.accounts, np.nan), np.full(look.accounts, np.nan)
    for longest in SLOW_SPANS:
        begun = look.weeks - longest
        base = look.span(max(begun - YEAR, 0), begun)
        scatter = common.own(base)
        told = (base.weeks >= SLOW_SEEN) & (base.counts >= SLOW_COUNTS)
        best, length = np.zeros(look.accounts), np.full(look.accounts, SLOW_SHORTEST)
        for weeks in range(SLOW_SHORTEST, longest + 1):
            tested = look.span(look.weeks - weeks, look.weeks)
            evidence = Predicted.after(base, tested, scatter, common).ratio_evidence(tested.counts, SLOW)
            evidence = np.where(tested.weeks >= SEEN_BASE, evidence, 0.0)
            length = np.where(evidence > best, weeks, length)
            best = np.maximum(best, evidence)
        again, distance = _slow_with_season(look, common, base, scatter, length)
        score = np.where(told, np.minimum(best, np.maximum(again, 0.0)), score)
        effect = np.where(told, np.where(best > 0, distance, 0.0), effect)
    return {"slow_score": score, "slow_effect": effect, "slow_p": np.exp(-score)}


def _slow_with_season(
    look: Look, common: Common, base: Span, scatter: Floats, length: Places
) -> tuple[Floats, Floats]:
    """Score and effect since the likeliest week; last year's dip in the same weeks is expected again."""
    tested = look.span(look.weeks - length, np.full(look.accounts, look.weeks))
    then = look.span(look.weeks - YEAR - length, np.full(look.accounts, look.weeks - YEAR))
    predicted, last_year = (Predicted.after(base, span, scatter, common) for span in (tested, then))
    dip = (then.weeks >= SEEN_BASE) & (last_year.at_most(then.counts) < SLOW_DIP)
    share = np.where(dip, np.minimum((then.counts + 0.5) / (last_year.mean + 0.5), 1.0), 1.0)
    expected = Predicted(np.maximum(predicted.mean * share, 1e-9), predicted.extra)
    return expected.ratio_evidence(tested.counts, SLOW), tested.counts / expected.mean - 1


def same_weeks_last_year(counts: Floats) -> Floats:
    """The last four weeks against the same four a year (52 weeks) before, as a share of those; no index."""
    now, then = counts[-RECENT:], counts[-RECENT - YEAR : -YEAR]
    base = then.sum(axis=0)
    return np.where(base > 0, now.sum(axis=0) / np.where(base > 0, base, 1.0) - 1, np.nan)
