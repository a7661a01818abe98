"""A green check: a question that is asked of every account, so that a green score is not simply believed."""

from __future__ import annotations

from .expression import Expression
from .model import Definition


class Reason(Definition):
    """A way in which an answer comes about. ``evidence`` may name in braces what ``when`` may name."""

    when: Expression
    evidence: str


class Unclear(Definition):
    """While ``when`` holds the check cannot be told, and ``why`` says so."""

    when: Expression
    why: str


class GreenCheck(Definition):
    """A check passes, fails or is unknown for a scored account on a day.

    It passes where ``exempt`` holds. Else it is unknown where one of ``unknown`` holds. Else it fails where a
    reason of ``fails`` holds, and the first of them gives the evidence. It passes where every reason is known
    and none holds. A reason in which a name has no value is not known, unless the name stands in ``coalesce``
    or beside ``is null``: what is missing never makes a check pass or fail. ``weight`` says how much a failure
    tells, against those of the other checks.
    """

    check: str
    label: str
    asks: str
    exempt: Reason | None = None
    unknown: tuple[Unclear, ...] = ()
    fails: tuple[Reason, ...]
    passes: str
    action: str
    owner: str = "CSM"
    weight: float = 1.0

    @property
    def conditions(self) -> tuple[tuple[Expression, tuple[str | int, ...]], ...]:
        """Every condition, with its path in the definition."""
        found: list[tuple[Expression, tuple[str | int, ...]]] = []
        if self.exempt is not None:
            found.append((self.exempt.when, ("exempt", "when")))
        found += [(one.when, ("unknown", n, "when")) for n, one in enumerate(self.unknown)]
        found += [(one.when, ("fails", n, "when")) for n, one in enumerate(self.fails)]
        return tuple(found)

    @property
    def texts(self) -> tuple[tuple[str, tuple[str | int, ...]], ...]:
        """Every text that may name values in braces, with its path in the definition."""
        found: list[tuple[str, tuple[str | int, ...]]] = [(self.passes, ("passes",))]
        if self.exempt is not None:
            found.append((self.exempt.evidence, ("exempt", "evidence")))
        return (*found, *((one.evidence, ("fails", n, "evidence")) for n, one in enumerate(self.fails)))
