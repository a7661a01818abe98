"""Behavioural segments of accounts, and the stages of their life."""

from __future__ import annotations

from typing import Literal

from .expression import Expression
from .model import Definition
from .names import FRAME_COLUMNS

LATER = ("lifecycle", "segment", "value_tier", "high_growth", "seasonal", "scored", "not_scored")
STAGE_NAMES = frozenset(FRAME_COLUMNS) - set(LATER) | {"paying_subscriptions"}
"""What conditions of stages may name: facts of the account and its contracts, but nothing that rests on the stage."""


class Behaviour(Definition):
    """How an account behaves, by metrics and scores; the first whose condition holds is the account's.

    ``needs`` says what such accounts usually want, ``focus`` what to do with them.
    """

    behaviour: str
    label: str
    when: Expression
    needs: str = ""
    focus: str = ""


class LifecycleStage(Definition):
    """A stage in the life of an account; the first whose condition holds, where the source states none.

    A condition that is not known does not hold.
    """

    stage: Literal["trial", "onboarding", "active", "renewal", "churned"]
    label: str
    when: Expression
