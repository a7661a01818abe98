"""What can go wrong with metrics."""

from __future__ import annotations

from .roots import UserError


class UnknownMetric(UserError):
    """A metric is asked for that no definition names."""

    where, reason = "{metric}", "there is no metric of this name"
    next_command = "holdfast metrics"


class MetricCycle(UserError):
    """Metrics are defined by one another."""

    where, reason = "metrics", "these metrics are defined by one another: {metrics}"
    next_command = "break the circle in metrics/*.yml"


class MetricNotUsable(UserError):
    """A metric's definition asks for something its primitive cannot do."""

    where, reason = "{metric}", "{why}"
    next_command = "holdfast check"
