"""``accept: [{finding, reason}]``: findings that a file lives with, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .document import Places
from .finding import Finding
from .place import Place


@dataclass(frozen=True)
class Acceptance:
    """One accepted finding id of one file."""

    file: str
    finding: str
    reason: str
    place: Place


def acceptances(file: str, data: Any, places: Places, findings: list[Finding]) -> list[Acceptance]:
    """The acceptances that ``data`` states; what is not one is added to ``findings``."""
    result: list[Acceptance] = []
    if data is None:
        return result
    for number, item in enumerate(data if isinstance(data, list) else [data]):
        place = places.of(("accept", str(number)))
        if not isinstance(item, dict) or set(item) != {"finding", "reason"} or not all(item.values()):
            findings.append(Finding("HF-E012", "error", place, "this is not {finding: HF-..., reason: ...}"))
        elif str(item["finding"]).startswith("HF-E"):
            findings.append(Finding("HF-E009", "error", place,
                                    f"{item['finding']} is an error; errors cannot be accepted",
                                    "repair it; warnings and advice can be accepted"))
        else:
            result.append(Acceptance(file, str(item["finding"]), str(item["reason"]), place))
    return result


def apply(accepted: list[Acceptance], findings: list[Finding]) -> list[Finding]:
    """``findings`` with the accepted ones marked; an acceptance of nothing is a finding of its own."""
    marked, used = [], set()
    for finding in findings:
        match = next((a for a in accepted if (a.file, a.finding) == (finding.place.file, finding.id)), None)
        if match is not None and finding.level != "error":
            used.add(match)
            finding = finding.accept(match.reason)
        marked.append(finding)
    return marked + [
        Finding("HF-W002", "warning", a.place,
                f"{a.finding} is accepted here, but does not occur in this file", "remove the entry")
        for a in accepted if a not in used
    ]
