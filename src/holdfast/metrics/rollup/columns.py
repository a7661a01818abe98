"""The roll-up columns that metric definitions ask for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from holdfast.definitions.expression import Expression

Kind = Literal["n", "with", "sum", "mask", "sessions", "unplaced", "weighted", "steps"]


@dataclass(frozen=True)
class RollupColumn:
    """One column of the user-day roll-up.

    ``n`` counts events, ``with`` those for which ``of`` has a value, ``sum`` adds ``of`` up, ``mask`` sets
    one bit for each value of the column ``of``, ``sessions`` counts session starts, ``unplaced`` counts
    events that belong to no session, ``weighted`` adds up weighted events, ``steps`` sets a bit for each
    step of a list. ``where`` limits the events; ``any_channel`` lifts the limit to the person channel.
    """

    kind: Kind
    of: str = ""
    where: str = ""
    any_channel: bool = False
    weights: tuple[tuple[str, float], ...] = ()

    @property
    def merge(self) -> str:
        """The rule by which two values of the column merge."""
        return "bit_or" if self.kind in ("mask", "steps") else "sum"

    @property
    def name(self) -> str:
        """A name that says what is counted, the same in every run.

        >>> RollupColumn("n", where="is_login").name
        'n__is_login'
        """
        text = "__".join(t for t in (self.kind, self.of, self.where) if t)
        slug = re.sub(r"\W+", "_", text).strip("_").lower()
        if slug == text and not self.weights and not self.any_channel:
            return slug
        whole = repr((self.kind, self.of, self.where, self.any_channel, self.weights))
        return f"{slug[:40]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"

    def holds(self, name: str) -> bool:
        """Whether the table column ``name`` is this column, or one word of its mask.

        >>> RollupColumn("mask", "feature").holds("mask__feature__0"), RollupColumn("n").holds("n__is_login")
        (True, False)
        """
        if self.kind != "mask":
            return name == self.name
        return name.startswith(f"{self.name}__") and name.removeprefix(f"{self.name}__").isdigit()


def text(expression: Expression | None) -> str:
    """The text of an expression; empty for none."""
    return "" if expression is None else expression.text
