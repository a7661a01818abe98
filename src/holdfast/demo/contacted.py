"""Who at a customer was in touch with us, and when: the two-way contacts of every source."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .chance import Array
from .people import Contacts
from .timeline import Days
from .world import World


@dataclass
class Contacted:
    """Two-way contacts: account, contact and day, gathered from meetings, calls and tickets."""

    account: list[Array] = field(default_factory=list)
    contact: list[Array] = field(default_factory=list)
    day: list[Days] = field(default_factory=list)

    def add(self, account: Array, contact: Array, day: Days) -> None:
        """Note contacts."""
        self.account.append(account)
        self.contact.append(contact)
        self.day.append(day)

    def rows(self) -> tuple[Array, Array, Days]:
        """All contacts: account, contact, day."""
        return np.concatenate(self.account), np.concatenate(self.contact), np.concatenate(self.day)


def someone(
    rng: np.random.Generator, world: World, people: Contacts, account: Array, when: Days, want: str = "anyone"
) -> Array:
    """A contact of each account who is there on the day, the champion more often than others.

    ``want`` is anyone, user (of the product) or budget (sponsor or budget holder, if there is one to meet).
    """
    result = np.empty(len(account), dtype=np.int64)
    luck = rng.random(len(account)) ** 1.6
    hidden = world.plot.named("power_user")
    for i, (a, d) in enumerate(zip(account.tolist(), when.tolist(), strict=True)):
        here = [c for c in people.of(a) if people.since[c] <= d < people.left[c]]
        upper = [c for c in here if people.part[c] in ("sponsor", "budget")]
        if (hidden[a] and d >= world.plot.onset[a]) or want == "user":
            here, upper = [c for c in here if people.user[c] >= 0], []
        if world.lone[a]:
            here, upper = here[:1], []
        chosen = upper if want == "budget" and upper else here
        result[i] = chosen[int(luck[i] * len(chosen))] if chosen else people.start[a]
    return result
