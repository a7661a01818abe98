"""Second answers of the detectors: one account after the other in plain Python, with the laws of scipy.stats.

Written from the words of the definitions and docs/explanation/detectors.md; it imports nothing that it checks.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import pyarrow as pa
from detector_data import ACCOUNTS, UNSCORED, ZONE
from scipy import stats

Counts = list[float | None]
Answer = dict[str, float | None]
LOOKED_AT = 96


def answers(events: pa.Table, day: date, clock: str) -> dict[str, Answer]:
    """Every detector metric of every account on a day."""
    weekly = _weekly(events, day, clock)
    steps = [_step(list(weekly.values()), w) for w in range(len(next(iter(weekly.values()))))]
    level = _Level(steps[-LOOKED_AT:])
    series = {name: counts[-LOOKED_AT:] for name, counts in weekly.items()}
    common = _common(series, level)
    found: dict[str, Answer] = {}
    for name, counts in series.items():
        if counts and counts[-1] is not None:
            account = _Account(counts, level, common)
            found[name] = {**account.recent(), **account.silence(), **account.slow(), **_season(counts)}
        else:
            found[name] = {}
        found[name].update(level.portfolio())
    return _with_findings(found)


def _weekly(events: pa.Table, day: date, clock: str) -> dict[str, Counts]:
    """Active days a week, oldest first, up to the last complete week; None before an account's first whole week."""
    zone, seen = ZoneInfo(ZONE), set()
    for row in events.to_pylist():
        local = row["occurred_at"].replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()
        known = row["known_at"].replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()
        if clock == "known" or known <= day:
            seen.add((row["account_id"], row["user_key"], local, row["channel"] or "person"))
    log = min(d for _, _, d, _ in seen)
    monday = log + timedelta(days=(7 - log.weekday()) % 7)
    end = day - timedelta(days=(day.weekday() + 1) % 7)
    weeks = ((end - monday).days + 1) // 7
    found: dict[str, Counts] = {}
    for name in ACCOUNTS:
        days = {(u, d) for a, u, d, c in seen if a == name and c == "person" and d <= end}
        first = min((d for _, d in days), default=day + timedelta(days=7))
        starts = first + timedelta(days=(7 - first.weekday()) % 7)
        found[name] = [
            None if monday + timedelta(weeks=w) < starts
            else float(sum((d - monday).days // 7 == w and d >= monday for _, d in days)) for w in range(weeks)
        ]
    return found


def _step(series: list[Counts], week: int) -> tuple[float, float, bool, float, float]:
    """A week against the twelve before: ratio, standard error, told, shares of accounts far down and far up."""
    pairs, down, up, large = [], 0, 0, 0
    for counts in series:
        window = counts[week - 12 : week + 1] if week >= 12 else []
        if len(window) < 13 or None in window or sum(window) < 6 or max(window) > sum(window) / 2:
            continue
        before = sum(window[:-1]) / 12
        pairs.append((window[-1], before, 1 / (1 + 0.1 * sum(window) / 13)))
        if sum(window) >= 65:
            large, down, up = large + 1, down + (window[-1] <= before / 5), up + (window[-1] >= 3 * before)
    base = sum(w * b for _, b, w in pairs)
    if len(pairs) < 20 or base <= 0:
        return 1.0, math.inf, False, 0.0, 0.0
    ratio = sum(w * x for x, _, w in pairs) / base
    error = math.sqrt(sum((w * (x - ratio * b)) ** 2 for x, b, w in pairs)) / base
    return ratio, error, True, down / max(large, 1), up / max(large, 1)


class _Level:
    def __init__(self, steps: list[tuple[float, float, bool, float, float]]) -> None:
        steps = [(1.0, math.inf, False, 0.0, 0.0)] * (LOOKED_AT - len(steps)) + steps
        self.index, self.hidden, self.last = [1.0], [False], steps[-1]
        for week in range(1, LOOKED_AT):
            ratio, error, told, _, _ = steps[week]
            change = ratio - 1
            if change and math.isfinite(error):
                change *= max(0.0, 1 - (2 * error / change) ** 2)
            else:
                change = 0.0
            before = self.index[-12:]
            self.index.append((1 + change) * sum(before) / len(before))
            self.usual = self.index[-1] / median(self.index[:-1][-13:])
            self.event = told and abs(self.usual - 1) >= 0.15 and abs(ratio - 1) >= 4 * error
            self.hidden.append(self.event and not (len(self.hidden) >= 4 and all(self.hidden[-4:])))

    def portfolio(self) -> Answer:
        _, _, told, down, up = self.last
        values = {"usage_index": self.usual, "usage_index_event": float(self.event), "usage_down_share": down,
                  "usage_up_share": up}
        return {k: v if told else None for k, v in values.items()}


class _Part:
    """Some weeks of an account: pairs of a count and its exposure."""

    def __init__(self, counts: Counts, level: _Level, first: int, end: int) -> None:
        first = max(first, 0)
        self.pairs = [(counts[w], level.index[w]) for w in range(first, end)
                      if counts[w] is not None and not level.hidden[w]]
        self.n = len(self.pairs)
        self.sum = sum(x for x, _ in self.pairs)
        self.exposure = sum(e for _, e in self.pairs)
        self.rate = self.sum / self.exposure if self.exposure else 0.0
        self.square = sum((self.rate * e) ** 2 for _, e in self.pairs) or 1.0
        apart = sum((x - self.rate * e) ** 2 for x, e in self.pairs)
        self.total = apart * self.n / max(self.n - 1, 1) / self.square
        self.scatter = self.total - self.sum / self.square


def _common(series: dict[str, Counts], level: _Level) -> tuple[float, float, float]:
    rows, first, end = [], LOOKED_AT - 56, LOOKED_AT - 4
    for counts in (_padded(c) for c in series.values()):
        part = _Part(counts, level, first, end)
        half = [_Part(counts, level, first, first + 26), _Part(counts, level, first + 26, end)]
        changed = abs(math.log((half[0].rate + 0.1) / (half[1].rate + 0.1))) > 0.5 and half[0].n >= 8
        if part.n < 8 or part.rate < 0.5 or changed:
            continue
        weight = (part.n - 1) / 2 / (0.3 + 1 / part.rate) ** 2
        known = [(counts[w] - part.rate * level.index[w]) if counts[w] is not None and not level.hidden[w] else None
                 for w in range(first, end)]
        products = [a * b for a, b in pairwise(known) if a is not None and b is not None]
        memory = sum(products) / max(len(products), 1) / (part.square / part.n) + part.total / part.n
        rows.append((weight, part.scatter, memory, part.n, part.rate))
    whole = sum(r[0] for r in rows) + 1000
    mean = max((sum(r[0] * r[1] for r in rows) + 150) / whole, 0.005)
    memory = (sum(r[0] * r[2] for r in rows) + 15) / whole / mean
    around = sum(w * ((s - mean) ** 2 - (2 * (mean + 1 / rate) ** 2 + 6 * mean**3) / (n - 1))
                 for w, s, _, n, rate in rows)
    spread = (around + 1000 * 0.15**2) / whole / mean**2
    return mean, min(max(spread, 0.02), 4.0), min(max(memory, 0.0), 0.8)


def _padded(counts: Counts) -> Counts:
    return [None] * (LOOKED_AT - len(counts)) + counts


class _Account:
    def __init__(self, counts: Counts, level: _Level, common: tuple[float, float, float]) -> None:
        self.counts, self.level, self.common = _padded(counts), level, common

    def part(self, first: int, end: int) -> _Part:
        return _Part(self.counts, self.level, first, end)

    def scatter(self, part: _Part) -> float:
        mean, spread, _ = self.common
        chance = (2 * (mean + 1 / max(part.rate, 0.02)) ** 2 + 6 * mean**3) / max(part.n - 1, 1)
        trust = spread * mean**2 / (spread * mean**2 + chance)
        return max((1 - trust) * mean + trust * part.scatter, 0.3 * mean) + 0.25 * math.sqrt(trust * chance)

    def lasting(self, weeks: int) -> float:
        n, memory = max(weeks, 1), self.common[2]
        return (1 + 2 * sum((1 - k / n) * memory**k for k in range(1, n))) / n

    def expected(self, base: _Part, tested: _Part, scatter: float) -> tuple[float, float]:
        extra = scatter * (self.lasting(tested.n) + self.lasting(base.n)) + 1 / (base.sum + 0.5)
        return max(base.rate * tested.exposure, 1e-9), extra

    def four_weeks(self, end: int) -> tuple[_Part, float, float, bool]:
        tested, base = self.part(end - 4, end), self.part(end - 28, end - 4)
        mean, extra = self.expected(base, tested, self.scatter(self.part(end - 56, end - 4)))
        return tested, mean, extra, tested.n >= 2 and base.n >= 8 and base.sum >= 6

    def recent(self) -> Answer:
        tested, mean, extra, told = self.four_weeks(LOOKED_AT)
        if not told:
            return {}
        chances = [_few(tested.sum, mean, extra)]
        for end in (LOOKED_AT - 53, LOOKED_AT - 52, LOOKED_AT - 51):
            then, usual, more, known = self.four_weeks(end)
            if known and _few(then.sum, usual, more) < 0.05:
                share = min((then.sum + 0.5) / (usual + 0.5), 1)
                chances.append(_few(tested.sum, mean * share, extra + more + 1 / (then.sum + 0.5)))
        return {"usage_decline_p": max(chances), "usage_surge_p": _many(tested.sum, mean, extra),
                "usage_decline_effect": tested.sum / mean - 1}

    def silence(self) -> Answer:
        begun, weeks = LOOKED_AT, 0
        while begun > LOOKED_AT - 26 and self.counts[begun - 1] is not None and (
                self.level.hidden[begun - 1] or self.counts[begun - 1] == 0):
            begun -= 1
            weeks += not self.level.hidden[begun]
        base, tested = self.part(begun - 24, begun), self.part(begun, LOOKED_AT)
        mean, extra = self.expected(base, tested, self.scatter(self.part(begun - 52, begun)))
        chance = _few(0, mean, extra) if weeks else 1.0
        return {"usage_silent_weeks": float(weeks),
                "usage_silence_p": chance if base.n >= 8 and base.sum >= 6 else None}

    def slow(self) -> Answer:
        found: Answer = {}
        for longest in (13, 26):
            base = self.part(LOOKED_AT - longest - 52, LOOKED_AT - longest)
            if base.n < 12 or base.sum < 12:
                continue
            scatter, best, length = self.scatter(base), 0.0, 9
            for weeks in range(9, longest + 1):
                tested = self.part(LOOKED_AT - weeks, LOOKED_AT)
                evidence = _ratio(tested.sum, *self.expected(base, tested, scatter)) if tested.n >= 8 else 0.0
                if evidence > best:
                    best, length = evidence, weeks
            tested = self.part(LOOKED_AT - length, LOOKED_AT)
            then = self.part(LOOKED_AT - 52 - length, LOOKED_AT - 52)
            mean, extra = self.expected(base, tested, scatter)
            usual, more = self.expected(base, then, scatter)
            if then.n >= 8 and _few(then.sum, usual, more) < 0.01:
                mean *= min((then.sum + 0.5) / (usual + 0.5), 1)
            score = min(best, max(_ratio(tested.sum, mean, extra), 0.0))
            found = {"slow_decline_score": score, "slow_decline_effect": tested.sum / mean - 1 if best > 0 else 0.0,
                     "slow_decline_p": math.exp(-score)}
        return found


def _few(count: float, mean: float, extra: float) -> float:
    return float(stats.nbinom.cdf(count, 1 / extra, 1 / (1 + extra * mean)))


def _many(count: float, mean: float, extra: float) -> float:
    if count < 1:
        return 1.0
    width = math.sqrt(math.log1p(extra + 1 / mean))
    skewed = stats.lognorm.sf(count - 0.5, width, scale=mean * math.exp(-width * width / 2))
    return max(float(stats.nbinom.sf(count - 1, 1 / extra, 1 / (1 + extra * mean))), float(skewed))


def _ratio(count: float, mean: float, extra: float) -> float:
    """Log-likelihood ratio of 0.6 times the mean, from the two laws themselves."""
    lower, same = (stats.nbinom(1 / extra, 1 / (1 + extra * m)) for m in (0.6 * mean, mean))
    return float(lower.logpmf(count) - same.logpmf(count))


def _season(counts: Counts) -> Answer:
    if len(counts) < 56 or None in counts[-56:-52] or None in counts[-4:]:
        return {}
    now, then = sum(counts[-4:]), sum(counts[-56:-52])
    return {"usage_season_change": (now - then) / then} if then else {}


def _with_findings(found: dict[str, Answer]) -> dict[str, Answer]:
    rules = {
        "usage_decline_found": ("usage_decline_p", 0.003, lambda a: a["usage_decline_effect"] <= -0.25),
        "usage_surge_found": ("usage_surge_p", 0.0015, lambda a: a["usage_decline_effect"] >= 0.5),
        "usage_silence_found": ("usage_silence_p", 0.004, lambda a: a["usage_silent_weeks"] >= 2),
        "slow_decline_found": ("slow_decline_p", 0.0145, lambda a: a["slow_decline_effect"] <= -0.25),
    }
    for name, (chance, most, large) in rules.items():
        told = {a: v[chance] for a, v in found.items() if v.get(chance) is not None and a not in UNSCORED}
        ranked = sorted(told.values())
        line = max((p for place, p in enumerate(ranked, 1) if p <= 0.1 * place / len(ranked)), default=-1.0)
        for account, p in told.items():
            found[account][name] = float(p <= min(line, most) and large(found[account]))
    return found
