"""Every rule over a draft, every finding at once."""

from __future__ import annotations

from collections.abc import Mapping

from .acceptance import apply
from .draft import Draft, draft
from .finding import Finding
from .rules import RULES

_ORDER = {"error": 0, "warning": 1, "advice": 2}


def examine(files: Mapping[str, str], before: list[Finding] | None = None) -> tuple[Draft, list[Finding]]:
    """The draft of ``files`` and all findings about it, errors first, then by place."""
    result = draft(files)
    findings = [*(before or []), *result.findings]
    for rule in RULES:
        findings += rule().findings(result)
    if not result.alone:
        replaced = any(metric.name in result.shipped_metrics for metric in result.own.metrics)
        findings = [f for f in findings
                    if not f.place.file.startswith("builtin/") or (replaced and f.level == "error")]
    findings = apply(result.own.accepted, list(dict.fromkeys(findings)))
    return result, sorted(findings, key=_rank)


def _rank(finding: Finding) -> tuple[int, str, int, int, str]:
    place = finding.place
    return _ORDER[finding.level], place.file, place.line, place.column, finding.id
