"""What comes from outside or from finance: news, exchange rates, holidays, outcomes, and figures of the warehouse."""

from __future__ import annotations

from datetime import date

import numpy as np

from . import names, texts
from .bad_rows import BadRow
from .billing import Version
from .chance import pick, stream, visits
from .files import Folder, csv_rows, json_rows
from .people import Contacts
from .rhythm import holiday_days
from .stories import CODE, STORIES, usage_factor
from .support import iso
from .timeline import day
from .world import World

SIGNAL_FIELDS = ("id", "company", "person", "type", "seen", "headline", "link")
OUTCOME_HEADER = ("customer", "event", "date", "learned", "monthly_change", "voluntary", "reason", "went_to", "remark")
NEWS = {
    "job change": ("A former contact started at another company.", "Announced a new role on a careers network."),
    "news": ("Opened a new site in {place}.", "Published its yearly results."),
    "funding": ("Raised a new round to grow in {place}.",),
    "hiring": ("Advertises {n} open roles.",),
    "layoffs": ("Plans to cut {n} positions.",),
    "merger": ("To be merged with a company from {place}.",),
    "intent": ("Several visits to comparison pages for recruiting software.",),
    "competitor": ("Mentioned as a reference of {rival}.",),
    "technographic": ("Uses a new payroll system.",),
}
REASONS = {
    "slow_decline": "moved to another tool",
    "sudden_stop": "project stopped",
    "champion_leaves": "champion left",
    "power_user": "budget cut",
    "polite_exit": "expectations not met",
    "sponsor_missing": "no sponsor",
    "price_shock": "price",
    "failed_onboarding": "never got started",
}


def write_outside(world: World, people: Contacts, history: list[Version], folder: Folder) -> None:
    """Write signals, rates, holidays, outcomes and measurements."""
    _signals(world, people, folder)
    _rates(world, folder)
    _holidays(world, folder)
    _outcomes(world, history, folder)
    _measurements(world, folder)


def _signals(world: World, people: Contacts, folder: Folder) -> None:
    rng = stream(world.seed, "signals")
    watched = rng.random(world.count) < 0.75
    account, when = visits(rng, world.starts, world.ends, np.where(watched, 140.0, 1e12))
    kinds = tuple(k for k in NEWS if k != "job change")
    kind = pick(rng, kinds, len(account), (0.2, 0.08, 0.24, 0.06, 0.04, 0.14, 0.08, 0.16))
    rows = [(int(a), int(w), str(k), "") for a, w, k in zip(account, when, kind, strict=True)]
    ids = people.ids()
    for code, part, share in (("sponsor_missing", "sponsor", 0.35), ("champion_leaves", "champion", 0.35)):
        for a in np.flatnonzero(world.plot.story == CODE[code]).tolist():
            lucky = rng.random() < share or (code == "sponsor_missing" and not world.plot.traced[a])
            seen = int(world.plot.onset[a] + rng.integers(0, 25))
            contact = next(c for c in people.of(a) if people.part[c] == part)
            if lucky and seen <= world.time.last:
                rows.append((a, seen, "job change", ids[contact]))
    for a in np.flatnonzero(world.plot.named("slow_decline", "polite_exit")).tolist():
        seen = int(world.plot.onset[a] + rng.integers(5, 60))
        if rng.random() < 0.4 and seen <= world.time.last:
            rows.append((a, seen, "intent", ""))
    rows.sort(key=lambda r: (r[1], r[0], r[2]))
    words = texts.fill(rng, np.array([str(rng.choice(NEWS[r[2]])) for r in rows], dtype=object))
    lines = json_rows(
        SIGNAL_FIELDS,
        (
            [f"X{i + 1}" for i in range(len(rows))],
            [world.account_id[r[0]] for r in rows],
            [r[3] for r in rows],
            [r[2] for r in rows],
            [iso(r[1] * 86_400 + 25_200) for r in rows],
            words,
            [f"https://news.example/{i + 1}" if i % 3 else "" for i in range(len(rows))],
        ),
    )
    bad = [
        BadRow("broken JSON", "quarantined", "bad_json", "", b'{"id": "X980001", "company": "000001", "seen" "2026"}'),
        BadRow(
            "unknown account",
            "quarantined",
            "unresolved",
            "account_id",
            b'{"id": "X980002", "company": "990007", "type": "news", "seen": "2026-03-02T07:00:00Z"}',
        ),
    ]
    folder.lines("exports/external/signals.jsonl", None, lines, bad)


def _rates(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "rates")
    start = min(int(world.signup.min()), world.time.first)
    days = np.arange(start - start % 7, world.time.last + 1, 7)
    rows: list[str] = []
    for currency, per_euro in names.PER_EURO.items():
        if currency != "EUR":
            walk = np.exp(np.cumsum(rng.normal(0, 0.004, len(days))) - 0.002)
            rows += [f"{day(d)};{currency};EUR;{1 / per_euro * w:.6f}" for d, w in zip(days, walk, strict=True)]
    folder.lines("exports/finance/exchange_rates.csv", "date;from;to;rate", sorted(rows))


def _holidays(world: World, folder: Folder) -> None:
    titles = {(m, d): title for m, d, title in (*names.HOLIDAYS["all"], *names.HOLIDAYS["DACH"])}
    rows = []
    for number in sorted(holiday_days("DACH", world.time.first, world.time.last + 184)):
        on: date = day(number)
        rows += [f'{team},{on:%m/%d/%Y},Holiday,"{titles[on.month, on.day]}"' for team in ("success", "support")]
    folder.lines("exports/hr/holidays.csv", "Team,Day,What,Name", rows)


def _outcomes(world: World, history: list[Version], folder: Folder) -> None:
    rng = stream(world.seed, "outcomes")
    rows: list[tuple[str, ...]] = []
    before: dict[int, float] = {}
    for version in history:
        was, a = before.get(version.account, 0.0), version.account
        change = round(version.mrr - was, 2)
        before[a] = version.mrr
        if version.change in ("growth", "price") and version.day >= world.time.first and change > 0:
            rows.append(_outcome(world, a, "Expansion", version.day, version.day, change, "", "", ""))
        elif version.change == "contraction" and version.day >= world.time.first:
            rows.append(_outcome(world, a, "Downsell", version.day, version.day, change, "yes", "fewer seats", ""))
        elif version.change == "end":
            story = STORIES[int(world.plot.story[a])]
            reason = REASONS[story] if rng.random() < 0.8 else ""
            rival = str(rng.choice(names.COMPETITORS)) if story == "slow_decline" and rng.random() < 0.6 else ""
            learned = int(world.plot.churn[a]) - int(rng.integers(0, 30))
            rows.append(_outcome(world, a, "Churn", int(world.plot.churn[a]), learned, -was, "yes", reason, rival))
    for a in np.flatnonzero((world.term >= 12) & ~world.trial).tolist():
        step = round(int(world.term[a]) * 365 / 12)
        for on in range(int(world.signup[a]) + step, int(world.ends[a]), step):
            if on >= world.time.first:
                rows.append(_outcome(world, a, "Renewal", on, on, 0.0, "yes", "", ""))
    rows.sort(key=lambda r: (r[2], r[0], r[1]))
    bad = [
        BadRow("unknown enum value", "quarantined", "not_in_list", "kind", b"000001,Vanished,2026-03-02,,,,,,"),
        BadRow("missing required", "quarantined", "missing_required", "occurred_at", b"000001,Churn,,,,,,,"),
    ]
    folder.lines(
        "exports/finance/outcomes.csv", ",".join(OUTCOME_HEADER), csv_rows(tuple(zip(*rows, strict=True))), bad
    )


def _outcome(
    world: World, a: int, kind: str, on: int, learned: int, change: float, free: str, reason: str, rival: str
) -> tuple[str, ...]:
    told = str(day(max(learned, int(world.signup[a]))))
    return (str(world.account_id[a]), kind, str(day(on)), told, f"{change:.2f}", free, reason, rival, "")


def _measurements(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "measurements")
    who = np.flatnonzero(rng.random(world.count) < 0.9)
    ends = np.array([last for _, last in world.time.months])
    level = usage_factor(world.plot, world.signup, world.phase, who, ends)
    size = rng.lognormal(np.log(30.0), 0.4, len(who))[:, None] * world.seats[who][:, None]
    values = rng.poisson(np.maximum(level, 0.05) * size)
    alive = (ends >= world.signup[who][:, None]) & (ends < world.plot.churn[who][:, None])
    alive &= rng.random(alive.shape) < 0.97
    rows = [
        f"{world.account_id[who[i]]},{day(ends[m])},applications_received,{values[i, m]}"
        for m, i in zip(*np.nonzero(alive.T), strict=True)
    ]
    bad = [
        BadRow("not finite", "quarantined", "not_finite", "value", b"000001,2026-06-15,applications_received,inf"),
        BadRow("impossible date", "quarantined", "bad_date", "as_of", b"000001,2026-06-31,applications_received,5"),
    ]
    folder.lines("exports/warehouse/monthly_figures.csv", "account,day,figure,amount", rows, bad)
