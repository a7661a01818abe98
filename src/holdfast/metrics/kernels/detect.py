"""All detectors at once, in three passes over the accounts: the index, what they have in common, the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import pyarrow as pa

from .overdispersion import POOL_SUMS, Common, Look, pool_sums
from .portfolio_index import BACK, SUMS, Level, Steps, index_sums, level
from .usage_tests import WINDOW, recent_use, same_weeks_last_year, silence, slow_decline
from .weekly_counts import Floats, WeeklyCounts

RECENT_USE = ("decline_p", "surge_p", "effect")
SILENCE = ("silence_p", "silent_weeks")
SLOW_DECLINE = ("slow_score", "slow_effect", "slow_p")
OF_ACCOUNT = (*RECENT_USE, *SILENCE, *SLOW_DECLINE, "season_change")
OF_PORTFOLIO = ("index", "index_event", "down_share", "up_share")
REACH = WINDOW + BACK
"""Weeks back from a look that may change what it sees."""


class Accounts(Protocol):
    """Something that adds up over all accounts."""

    def total(self, sums: Callable[[WeeklyCounts], Floats]) -> Floats:
        """Sums over all accounts."""


@dataclass(frozen=True)
class Looks:
    """The ends of the weeks at which the accounts are looked at (exclusive), and what holds for all then."""

    ends: tuple[int, ...]
    levels: tuple[Level, ...]
    common: tuple[Common, ...]

    @classmethod
    def of(cls, accounts: Accounts, ends: Sequence[int]) -> Looks:
        """The looks at ``ends``, with two passes over all accounts."""
        steps = Steps.of(accounts.total(all_index_sums))
        levels = [level(steps.last(end, WINDOW)) for end in ends]
        sums = accounts.total(partial(all_pool_sums, ends=list(ends), levels=levels))
        return cls(tuple(ends), tuple(levels), tuple(Common.of(row) for row in sums))

    def portfolio(self, name: str) -> Floats:
        """A value of the whole portfolio at each look; NaN where it cannot be told."""
        values = {
            "index": [at.usual for at in self.levels], "index_event": [float(at.event) for at in self.levels],
            "down_share": [at.down for at in self.levels], "up_share": [at.up for at in self.levels],
        }[name]
        return np.where([at.told for at in self.levels], values, np.nan)


def all_index_sums(counts: WeeklyCounts) -> Floats:
    """Sums over the accounts of ``counts`` for the index of each week."""
    total = np.zeros((SUMS, counts.weeks))
    for _, matrix in counts.parts():
        total += index_sums(matrix)
    return total


def all_pool_sums(counts: WeeklyCounts, ends: Sequence[int], levels: Sequence[Level]) -> Floats:
    """Sums over the accounts of ``counts`` for what all have in common, one row a look."""
    total = np.zeros((len(ends), POOL_SUMS))
    for start, matrix in counts.parts():
        for place, (end, at) in enumerate(zip(ends, levels, strict=True)):
            if (begun := start < end).any():
                total[place] += pool_sums(Look(window(matrix[:, begun], end), at.index, at.hidden))
    return total


def tests(counts: WeeklyCounts, looks: Looks, names: Sequence[str]) -> pa.Table:
    """``account_id``, ``end`` and the named values of each account, for the looks at which it has begun."""
    parts = []
    for place, matrix in counts.chunks():
        begun = counts.start[place]
        for end, at, common in zip(looks.ends, looks.levels, looks.common, strict=True):
            there = begun < end
            if there.any():
                found = _look(window(matrix[:, there], end), at, common, names)
                parts.append(pa.table({
                    "account_id": counts.accounts[place.start : place.stop].filter(pa.array(there)),
                    "end": pa.array(np.full(int(there.sum()), end), pa.int64()),
                    **{name: pa.array(found[name], pa.float64(), from_pandas=True) for name in names},
                }))
    return pa.concat_tables(parts) if parts else tests_schema(names).empty_table()


def tests_schema(names: Sequence[str]) -> pa.Schema:
    """The columns of ``tests``."""
    return pa.schema([("account_id", pa.string()), ("end", pa.int64()), *((name, pa.float64()) for name in names)])


def window(matrix: Floats, end: int) -> Floats:
    """The weeks before ``end`` that a look needs; unknown before the first.

    They lie in memory in one way, because numpy adds up in the order of memory.
    """
    cut = np.ascontiguousarray(matrix[max(0, end - WINDOW) : end])
    missing = WINDOW - len(cut)
    return np.concatenate([np.full((missing, matrix.shape[1]), np.nan), cut]) if missing else cut


def _look(counts: Floats, at: Level, common: Common, names: Sequence[str]) -> dict[str, Floats]:
    look = Look(counts, at.index, at.hidden)
    found: dict[str, Floats] = {"season_change": same_weeks_last_year(counts)}
    for test, gives in ((recent_use, RECENT_USE), (silence, SILENCE), (slow_decline, SLOW_DECLINE)):
        if set(gives) & set(names):
            found.update(test(look, common))
    return found
