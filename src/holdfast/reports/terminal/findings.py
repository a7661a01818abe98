"""Findings of `holdfast check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType

from holdfast.reports.words import plural

from .pieces import heading, text

SIGNS = {"error": "✕", "warning": "▲", "advice": "·"}
ORDER = ("error", "warning", "advice")


def findings_table(findings: Sequence[Any]) -> RenderableType:
    """Every finding with level, place, what is wrong and what to do; gravest first, then by place."""
    if not findings:
        return text("✓ No finding.")
    parts: list[RenderableType] = []
    for finding in sorted(findings, key=lambda f: (ORDER.index(f.level), str(f.place))):
        parts.append(text(f"{SIGNS[finding.level]} {finding.level} {finding.id}  {finding.place}", "bold"))
        near = f" Did you mean {finding.nearest}?" if finding.nearest else ""
        parts.append(text(f"  {finding.what}{near}"))
        if finding.hint:
            parts.append(text(f"  {finding.hint}", "dim"))
        if finding.accepted:
            parts.append(text(f"  accepted: {finding.accepted}", "dim"))
    counts = [(level, sum(f.level == level for f in findings)) for level in ORDER]
    words = ", ".join(plural(count, level, "advice" if level == "advice" else None) for level, count in counts if count)
    return Group(*parts, heading(words))
