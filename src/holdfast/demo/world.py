"""The accounts of the demo company: who they are, what they bought, and the story each one lives."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

from . import names
from .chance import Array, pick, stream
from .stories import Plot, write_plot
from .timeline import Days, Timeline

PLANS = ("Starter", "Team", "Enterprise")
LIST_PRICE = np.array([89, 139, 189])
"""euros a seat and month"""
ONPREM_UNTIL_BEFORE_LAST = 46
"""Days before the last one at which the on-premises uploads stopped coming."""


@dataclass(frozen=True)
class World:
    """One entry an account in every array; days are numbers since 1970."""

    seed: int
    time: Timeline
    account_id: Array
    name: Array
    domain: Array
    country: Array
    """index into names.COUNTRIES"""
    trade: Array
    signup: Days
    launched: Days
    """Plot.never where the customer never went live"""
    trial: Array
    plan: Array
    seats: Array
    employees: Array
    discount: Array
    term: Array
    notice: Array
    parent: Array
    """index of the parent account, -1 for none"""
    owner: Array
    """index of the customer success manager"""
    phase: Array
    plot: Plot
    has_roles: Array
    has_support: Array
    has_meetings: Array
    has_value: Array
    has_questions: Array
    has_surveys: Array
    lone: Array
    """the company talks to one person only"""
    feed: Array
    """how use reaches us: 0 the product's log, 1 uploads from the customer's site, 2 not at all"""
    api: Array
    """interface calls a day, 0 for none"""

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.account_id)

    @property
    def ends(self) -> Days:
        """Last day of each account within the data."""
        return np.minimum(self.plot.churn, self.time.last)

    @property
    def starts(self) -> Days:
        """First day of each account within the data."""
        return np.maximum(self.signup, self.time.first)

    @property
    def churned(self) -> Array:
        """Whether the account has left by the last day."""
        return self.plot.churn <= self.time.last

    @property
    def currency(self) -> Array:
        """The currency each account pays in."""
        return np.array([c[2] for c in names.COUNTRIES], dtype=object)[self.country]

    @property
    def list_price(self) -> Array:
        """Money a seat and month in each account's currency."""
        price: Array = np.round(LIST_PRICE[self.plan] * np.array([names.PER_EURO[c] for c in self.currency]))
        return price

    @property
    def region(self) -> Array:
        """The sales region of each account."""
        return np.array([c[1] for c in names.COUNTRIES], dtype=object)[self.country]

    @property
    def owners(self) -> int:
        """How many customer success managers the company has."""
        return max(2, min(60, -(-self.count // 45)))


def build_world(seed: int, time: Timeline, count: int) -> World:
    """Draw all accounts; the same seed gives the same ones."""
    rng = stream(seed, "world")
    signup = _signups(rng, time, count)
    trial = (signup > time.last - 30) & (rng.random(count) < 0.7)
    seats = np.clip(np.round(rng.lognormal(np.log(8.5), 0.85, count)), 2, 400).astype(np.int64)
    plan = np.searchsorted([7, 24], seats + rng.integers(-2, 3, count))
    hazard = np.array([0.12, 0.10, 0.07])[plan] * np.where(signup >= time.first, 1.5, 1.0)
    plot = write_plot(seed, time, signup, hazard, trial)
    signup = _align(rng, time, signup, plot)
    never_live = (plot.named("failed_onboarding") & (rng.random(count) < 0.3)) | trial
    launched = np.where(never_live, Plot.never, signup + rng.integers(8, 55, count))
    launched = np.where(launched < np.minimum(plot.churn, time.last), launched, Plot.never)
    quiet = plot.named("quiet_integrated")
    api = np.where(
        quiet,
        rng.integers(400, 4000, count),
        np.where(rng.random(count) < 0.1 + 0.15 * plan, rng.integers(20, 900, count), 0),
    )
    feed = np.searchsorted([0.94, 0.98], rng.random(count), side="right")
    feed = np.where(plot.under_way(np.arange(count), np.full(count, time.last)), 0, feed)
    ids = np.array([f"{i + 1:06d}" for i in range(count)], dtype=object)
    name, domain = _company_names(rng, count)
    country = np.searchsorted(np.cumsum([c[7] for c in names.COUNTRIES]), rng.random(count) * 0.9999, side="right")
    return World(
        seed=seed,
        time=time,
        account_id=ids,
        name=name,
        domain=domain,
        country=country,
        trade=rng.integers(len(names.TRADES), size=count),
        signup=signup,
        launched=launched,
        trial=trial,
        plan=plan,
        seats=seats,
        employees=np.maximum(seats + 3, (seats * rng.uniform(6, 40, count)).astype(np.int64)),
        discount=np.where(rng.random(count) < 0.6, 0, rng.integers(1, 6, count) * 5),
        term=np.where((plan == 0) & (rng.random(count) < 0.6), 1, np.where(rng.random(count) < 0.2, 24, 12)),
        notice=np.array([30, 60, 90])[plan],
        parent=_parents(rng, name, count),
        owner=rng.integers(max(2, min(60, -(-count // 45))), size=count),
        phase=rng.random(count),
        plot=plot,
        has_roles=rng.random(count) < 0.85,
        has_support=rng.random(count) < 0.92,
        has_meetings=rng.random(count) < 0.90,
        has_value=rng.random(count) < 0.72,
        has_questions=rng.random(count) < 0.65,
        has_surveys=rng.random(count) < 0.85,
        lone=rng.random(count) < 0.16,
        feed=feed,
        api=api,
    )


def _signups(rng: np.random.Generator, time: Timeline, count: int) -> Days:
    old = rng.random(count) < 0.68
    before = time.first - np.clip(rng.exponential(700, count), 40, 3000).astype(np.int64)
    within = rng.integers(time.first, time.last - 5, count)
    return np.where(old, before, within)


def _align(rng: np.random.Generator, time: Timeline, signup: Days, plot: Plot) -> Days:
    """Older customers leave when a contract year ends: move their signup to that day of the year."""
    year = (plot.churn <= time.last) & (plot.churn - signup >= 365) & (signup < time.first)
    return np.where(year, signup + (plot.churn - signup) % 365, signup)


def _company_names(rng: np.random.Generator, count: int) -> tuple[Array, Array]:
    combos = len(names.STEMS) * len(names.TRADES)
    order = rng.permutation(combos)
    full, domains = [], []
    for i in range(count):
        code, lap = int(order[i % combos]), i // combos
        stem, trade = names.STEMS[code % len(names.STEMS)], names.TRADES[code // len(names.STEMS)][0]
        full.append(f"{stem} {trade}" + (f" {lap + 1}" if lap else ""))
        domains.append(f"{stem}-{trade}".lower() + (str(lap + 1) if lap else "") + ".example")
    return np.array(full, dtype=object), np.array(domains, dtype=object)


def _parents(rng: np.random.Generator, name: Array, count: int) -> Array:
    """One account in fourteen is a daughter of an earlier one."""
    parent = np.full(count, -1)
    if count < 8:
        return parent
    heads = rng.permutation(count)[: max(1, count // 40)]
    others = np.setdiff1d(np.arange(count), heads)
    children = rng.permutation(others)[: max(2, count // 14)]
    parent[children] = heads[rng.integers(len(heads), size=len(children))]
    return parent


def emails(rng: np.random.Generator, first: Array, last: Array, domain: Array) -> Array:
    """Addresses in plain letters, such as ``o.brien@cedar-labs.example``."""
    made = [f"{_plain(f)}.{_plain(s)}@{d}" for f, s, d in zip(first, last, domain, strict=True)]
    return np.array(made, dtype=object)


def _plain(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.lower()).replace("ß", "ss").translate(str.maketrans("øł", "ol"))
    return "".join(c for c in spelled if "a" <= c <= "z")


def staff(world: World) -> list[tuple[str, str]]:
    """Name and e-mail of the customer success managers, in order of their index."""
    rng = stream(world.seed, "staff")
    first = rng.permutation(len(names.FIRST))[: world.owners]
    last = pick(rng, names.LAST, world.owners)
    people = [f"{names.FIRST[f]} {s}" for f, s in zip(first, last, strict=True)]
    addresses = emails(
        rng,
        np.array([names.FIRST[f] for f in first], dtype=object),
        last,
        np.full(world.owners, names.DOMAIN, dtype=object),
    )
    return list(zip(people, addresses, strict=True))
