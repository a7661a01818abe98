"""Segments of the single users of an account, by what they did in the last weeks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .expression import Expression
from .expression_kinds import Kind
from .model import Definition

USER_KINDS: Mapping[str, Kind] = MappingProxyType({
    "active_days": "number", "active_days_before": "number", "features": "number", "actions": "number",
    "days_idle": "number", "days_known": "number", "champion": "boolean", "contact": "boolean",
})
"""What conditions over a user may name. ``active_days``: of the last 28; ``active_days_before``: of the 28 before;
``features`` (different ones) and ``actions``: of the last 28 days; ``days_idle``: since the last active day;
``days_known``: since the first; ``champion``: whether the person holds that role, unknown where the account has no
role recorded; ``contact``: whether the user is a contact."""


class UserSegment(Definition):
    """Users for whom ``when`` holds; the first segment whose condition holds takes the user.

    ``active`` says whether its users count as active. Conditions name what a user did, no metrics (see
    `user_segments.yml`).
    """

    segment: str
    label: str
    when: Expression
    active: bool = True
    strategy: str = ""
