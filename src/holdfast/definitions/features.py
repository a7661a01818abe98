"""features.yml: the product's features by class, the core workflow, and the adoption milestones."""

from __future__ import annotations

from .model import Definition


class Milestone(Definition):
    """A step of adoption: the first event with this name or feature, due this many days after the start."""

    milestone: str
    label: str = ""
    name: str | None = None
    feature: str | None = None
    due_days: int


class Features(Definition):
    """What the product offers. A feature outside the three lists counts as used, but has no class."""

    core: tuple[str, ...] = ()
    expansion: tuple[str, ...] = ()
    advanced: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """features whose silence matters most; by default the core ones"""
    login: tuple[str, ...] = ("login",)
    """event names that are logins; without any such event every active day counts as one"""
    workflow: tuple[str, ...] = ()
    """event names or features that, all within the window, complete the core workflow"""
    milestones: tuple[Milestone, ...] = ()
