"""The people at the customers: users of the product and contacts of the company."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import names
from .chance import Array, pick, stream
from .stories import Plot
from .timeline import Days
from .world import World, emails


@dataclass(frozen=True)
class Users:
    """Users sorted by account; ``start`` of account i is the index of its first user."""

    account: Array
    start: Array
    chance: Array
    """probability of being active on an ordinary working day"""
    keen: Array
    """actions on an active day, against the average"""
    since: Days
    until: Days
    work_in_evening: Array

    @property
    def user_id(self) -> Array:
        """Ids as the product's log writes them."""
        return np.array([f"u{i + 100001}" for i in range(len(self.account))], dtype=object)


@dataclass
class Contacts:
    """Contacts, one entry each."""

    account: list[int] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    user: list[int] = field(default_factory=list)
    since: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    """whether the CRM was told that the person left"""
    start: list[int] = field(default_factory=list)

    def add(
        self,
        account: int,
        part: str,
        roles: str,
        level: str,
        title: str,
        user: int,
        since: int,
        left: int = Plot.never,
        told: bool = True,
    ) -> None:
        """Append one contact."""
        self.account.append(account)
        self.part.append(part)
        self.roles.append(roles)
        self.level.append(level)
        self.title.append(title)
        self.user.append(user)
        self.since.append(since)
        self.left.append(left)
        self.told.append(told)

    def of(self, account: int) -> range:
        """Indices of the contacts of an account."""
        return range(self.start[account], self.start[account + 1])

    def ids(self) -> list[str]:
        """Ids as the CRM writes them."""
        return [f"C-{i + 20001}" for i in range(len(self.account))]


def build_users(world: World, crowd: float) -> Users:
    """Draw the users; ``crowd`` scales their number (1.0: about one a seat)."""
    rng = stream(world.seed, "users")
    wanted = np.round(world.seats * rng.uniform(0.55, 1.05, world.count) * crowd)
    count = np.maximum(wanted, 2).astype(np.int64)
    account = np.repeat(np.arange(world.count), count)
    start = np.concatenate([[0], np.cumsum(count)])
    total = len(account)
    chance = rng.beta(1.6, 3.6, total)
    keen = rng.lognormal(-0.18, 0.6, total)
    late = rng.random(total) < 0.2
    span = np.maximum(world.time.last - world.signup[account], 1)
    since = world.signup[account] + np.where(late, (rng.random(total) * span), rng.random(total) * 21).astype(np.int64)
    gone = rng.random(total) < 0.2
    until = np.where(gone, since + 30 + (rng.random(total) * 1100).astype(np.int64), Plot.never)
    lead, second = start[:-1], start[:-1] + 1
    since[lead], since[second] = world.signup, world.signup + 3
    until[lead] = until[second] = Plot.never
    chance[lead] = np.clip(chance[lead] + 0.25, 0.3, 0.8)
    leaving = world.plot.named("champion_leaves")
    until[lead[leaving]] = world.plot.onset[leaving]
    power = world.plot.named("power_user")
    chance[second[power]], keen[second[power]] = 0.93, 0.9 * np.maximum(count[power], 4)
    chance[lead[power]] *= 0.3
    return Users(account, start, chance, keen, since, until, rng.random(total) < 0.08)


def build_contacts(world: World, users: Users) -> Contacts:
    """Draw the contacts of each account: champion, sponsor, budget holder and others."""
    rng = stream(world.seed, "contacts")
    people, plot, n = Contacts(), world.plot, world.count
    chance = rng.random((n, 6))
    split = rng.random(n) < 0.55
    alone = plot.named("power_user")
    gone = plot.named("sponsor_missing")
    leaves = plot.named("champion_leaves")
    visible = plot.traced
    left_before = (world.starts + rng.random(n) * (world.ends - world.starts)).astype(np.int64)
    extra = np.minimum(np.diff(users.start) - 2, rng.integers(0, 5, n))
    for a in range(n):
        people.start.append(len(people.account))
        begun, lead = int(world.signup[a]), int(users.start[a])
        left = int(plot.onset[a]) if leaves[a] else Plot.never
        if not leaves[a] and chance[a, 4] < 0.05:
            left = int(left_before[a])
        people.add(
            a, "champion", "champion", "manager", "Head of Talent", lead, begun, left, bool(visible[a] or not leaves[a])
        )
        if left < Plot.never and not leaves[a]:
            people.add(a, "champion", "champion", "manager", "Recruiting Manager", lead + 1, left + 12)
        if chance[a, 0] < 0.9 or gone[a]:
            left = int(plot.onset[a]) if gone[a] else (int(left_before[a]) if chance[a, 1] < 0.05 else Plot.never)
            roles = "sponsor" if split[a] or alone[a] else "sponsor|budget_holder|decision_maker"
            people.add(
                a,
                "sponsor",
                roles,
                "executive",
                "Chief People Officer",
                -1,
                begun + 5,
                left,
                bool(visible[a] or not gone[a]),
            )
        if split[a] or alone[a]:
            people.add(a, "budget", "budget_holder|decision_maker", "executive", "Finance Director", -1, begun + 20)
        people.add(a, "technical", "technical", "user", "HR Systems Specialist", lead + 1, begun + 3)
        if chance[a, 2] < 0.5:
            people.add(a, "billing", "billing", "user", "Accounts Payable", -1, begun + 10)
        for k in range(int(extra[a])):
            people.add(a, "user", "", "user", "Recruiter", lead + 2 + k, int(users.since[lead + 2 + k]) + 1)
    people.start.append(len(people.account))
    return people


def contact_names(world: World, people: Contacts) -> tuple[Array, Array, Array]:
    """First name, last name and e-mail of every contact."""
    rng = stream(world.seed, "contact names")
    first = pick(rng, names.FIRST, len(people.account))
    last = pick(rng, names.LAST, len(people.account))
    return first, last, emails(rng, first, last, world.domain[np.array(people.account)])
