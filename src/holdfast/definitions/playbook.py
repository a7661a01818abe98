"""A playbook: dated stages with an owner each, a measured success, and what happens when it is missed."""

from __future__ import annotations

from collections.abc import Mapping

from .expression import Expression
from .model import Definition


class Step(Definition):
    """One thing to do, by a service role. ``draft`` names a message of the playbook."""

    do: str
    owner: str
    draft: str | None = None


class Stage(Definition):
    """Steps between two days, counted from the day on which the finding opened, which is day 1."""

    stage: str
    from_day: int
    to_day: int
    steps: tuple[Step, ...]


class Success(Definition):
    """The playbook has worked when ``when`` holds by ``by_day``; else ``missed`` is due from ``missed_owner``."""

    when: Expression
    by_day: int
    missed: str
    missed_owner: str


class Draft(Definition):
    """A message to send after reading it. Texts may name metrics and columns of the account in braces."""

    subject: str = ""
    text: str


class Playbook(Definition):
    """What is done about a finding. ``severity`` and ``due`` are those of the finding that asks for it."""

    playbook: str
    label: str
    reason: str = ""
    stages: tuple[Stage, ...]
    success: Success
    drafts: Mapping[str, Draft] = {}
    covers: tuple[str, ...] = ()
