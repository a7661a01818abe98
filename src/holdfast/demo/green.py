"""The right answer of every green check on the last day, from what was really written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .billing import Version
from .chance import Array
from .contacted import Contacted
from .events import Traffic
from .people import Contacts, Users
from .stories import CODE
from .support import Tickets
from .value import ValueFacts
from .world import World

CHECKS = {
    "power_user_without_budget": "one user makes at least 60 % of the events of 90 days, has no role that decides "
    "about money, and no sponsor or budget holder was in touch for 120 days; unknown where no roles are recorded "
    "or no event arrived in 90 days",
    "polite_exit": "expectations failed and the customer has stopped arguing; unknown where neither tickets nor "
    "meetings of the account are recorded",
    "missing_sponsor": "no sponsor is left; unknown where no roles are recorded",
    "single_threaded_champion": "at most one contact was in touch in 90 days; unknown where the account's meetings "
    "and tickets are not recorded",
    "no_confirmed_value": "no claim of value was confirmed in this or the last quarter; unknown where no claim was "
    "ever recorded",
    "value_below_price": "confirmed, unexpired yearly money claims are worth less than the yearly price; unknown "
    "where there is no such claim",
    "value_question_not_asked": "the value question was not asked in 180 days; unknown where it was asked and no "
    "answer was written down",
    "support_silent_while_use_falls": "tickets used to come (two or more in the half year before), none in the last "
    "60 days, and weekly use fell by a quarter against the 24 weeks before the last four; unknown where tickets or "
    "use are not recorded",
    "stale_data": "the use of the account reaches us through uploads that have stopped; unknown where its use was "
    "never connected",
    "quiet_but_integrated": "few people log in (under 2 active user-days a week in four weeks) and no system does "
    "the work either; pass where people or systems are active; unknown where use is not recorded",
}
"""Check -> when its answer is ``fail``. Otherwise it is ``pass``, or ``unknown`` as said."""


@dataclass(frozen=True)
class Facts:
    """Everything the answers are computed from."""

    world: World
    users: Users
    people: Contacts
    contacted: Contacted
    traffic: Traffic
    tickets: Tickets
    value: ValueFacts
    history: list[Version]


def answers(facts: Facts) -> dict[str, list[str]]:
    """Check -> answer of each account; ``none`` for accounts that have left or still try the product."""
    found = {
        "power_user_without_budget": _power_user(facts),
        "polite_exit": _polite_exit(facts),
        "missing_sponsor": _sponsor(facts),
        "single_threaded_champion": _single(facts),
        "no_confirmed_value": _confirmed(facts),
        "value_below_price": _below_price(facts),
        "value_question_not_asked": _question(facts),
        "support_silent_while_use_falls": _silent(facts),
        "stale_data": _stale(facts),
        "quiet_but_integrated": _integrated(facts),
    }
    gone = facts.world.churned | facts.world.trial
    return {
        name: [
            "none" if g else ("unknown" if u else ("fail" if f else "pass"))
            for f, u, g in zip(fail, unknown, gone, strict=True)
        ]
        for name, (fail, unknown) in found.items()
    }


Answer = tuple[Array, Array]
"""fails, is unknown"""


def _last(facts: Facts) -> int:
    return facts.world.time.last


def _power_user(facts: Facts) -> Answer:
    world, users, people = facts.world, facts.users, facts.people
    total = np.add.reduceat(facts.traffic.recent, users.start[:-1])
    top = np.maximum.reduceat(facts.traffic.recent, users.start[:-1])
    heavy = top >= 0.6 * np.maximum(total, 1)
    leader = np.array(
        [s + int(np.argmax(facts.traffic.recent[s:e])) for s, e in zip(users.start[:-1], users.start[1:], strict=True)]
    )
    decides = np.zeros(world.count, dtype=bool)
    for i, roles in enumerate(people.roles):
        if people.user[i] == leader[people.account[i]] and ("budget" in roles or "decision" in roles):
            decides[people.account[i]] = True
    account, contact, day = facts.contacted.rows()
    upper = np.array([p in ("sponsor", "budget") for p in people.part])
    near = np.zeros(world.count, dtype=bool)
    near[account[(day > _last(facts) - 120) & (day <= _last(facts)) & upper[contact]]] = True
    return heavy & ~decides & ~near, ~world.has_roles | (total == 0)


def _polite_exit(facts: Facts) -> Answer:
    world = facts.world
    everyone = np.arange(world.count)
    now = np.full(world.count, _last(facts))
    fails = (world.plot.story == CODE["polite_exit"]) & world.plot.under_way(everyone, now)
    return fails, ~world.has_support & ~world.has_meetings & ~fails


def _sponsor(facts: Facts) -> Answer:
    there = np.zeros(facts.world.count, dtype=bool)
    people = facts.people
    for i, roles in enumerate(people.roles):
        if "sponsor" in roles and people.left[i] > _last(facts):
            there[people.account[i]] = True
    return ~there, ~facts.world.has_roles


def _single(facts: Facts) -> Answer:
    account, contact, day = facts.contacted.rows()
    fresh = (day > _last(facts) - 90) & (day <= _last(facts))
    pairs = np.unique(account[fresh] * 10_000_000 + contact[fresh])
    count = np.bincount(pairs // 10_000_000, minlength=facts.world.count)
    return count <= 1, ~facts.world.has_support & ~facts.world.has_meetings


def _confirmed(facts: Facts) -> Answer:
    value, count = facts.value, facts.world.count
    since = facts.world.time.months[-6:][0][0]
    sure = np.zeros(count, dtype=bool)
    sure[value.claim_account[(value.claim_confirmed >= since)]] = True
    return ~sure, np.bincount(value.claim_account, minlength=count) == 0


def _below_price(facts: Facts) -> Answer:
    value, count = facts.value, facts.world.count
    yearly = np.zeros(count)
    for version in facts.history:
        yearly[version.account] = version.mrr * 12
    valid = (value.claim_degree == 1) & (value.claim_worth > 0) & (value.claim_confirmed >= 0)
    valid &= value.claim_expires > _last(facts)
    worth = np.bincount(value.claim_account[valid], weights=value.claim_worth[valid], minlength=count)
    return worth < yearly, np.bincount(value.claim_account[valid], minlength=count) == 0


def _question(facts: Facts) -> Answer:
    value, count = facts.value, facts.world.count
    recent = value.asked_day > _last(facts) - 180
    told = np.isin(value.answer.astype(str), ["more", "about even", "less"])
    asked = np.bincount(value.asked_account[recent], minlength=count) > 0
    answered = np.bincount(value.asked_account[recent & told], minlength=count) > 0
    return ~asked, asked & ~answered


def _weekly(facts: Facts) -> tuple[Array, Array]:
    """Mean active user-days a week: in the last four complete weeks, and in the 24 before."""
    complete = (facts.world.time.last + 1 - facts.world.time.first_monday) // 7
    active = facts.traffic.active[:, :complete]
    empty = np.zeros((len(active), 1))
    before = active[:, -28:-4] if complete > 4 else empty
    return active[:, -4:].mean(axis=1), before.mean(axis=1)


def _silent(facts: Facts) -> Answer:
    world, tickets = facts.world, facts.tickets
    now, before = _weekly(facts)
    recent = np.bincount(tickets.account[tickets.day > _last(facts) - 60], minlength=world.count)
    half_year = (tickets.day <= _last(facts) - 60) & (tickets.day > _last(facts) - 240)
    usual = np.bincount(tickets.account[half_year], minlength=world.count)
    fell = now < 0.75 * before
    return fell & (recent == 0) & (usual >= 2), ~world.has_support | (world.feed > 0)


def _stale(facts: Facts) -> Answer:
    return facts.world.feed == 1, facts.world.feed == 2


def _integrated(facts: Facts) -> Answer:
    quiet = _weekly(facts)[0] < 2
    return quiet & (facts.world.api == 0), facts.world.feed > 0
