"""Anchors of the audit log: once a day its newest entry is noted in a file, so that a tail that was cut off shows.

Who can change the database can cut the log and set its head back; an older entry that a file outside names is then
missing. The file may be copied to a place that nobody here can write to.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from holdfast.clock import now
from holdfast.errors.access import AuditBroken

from .audit import AuditHead

FILE = "audit-anchors.jsonl"


@dataclass(frozen=True)
class Anchor:
    """The newest entry on a day, UTC."""

    day: str
    number: int
    digest: str


def keep_anchor(data: Path) -> bool:
    """Note the newest entry, unless that was done today; False where nothing is on record yet."""
    today, kept = now().date().isoformat(), anchors(data)
    if kept and kept[-1].day >= today:
        return True
    head = AuditHead.objects.filter(pk=1).first()
    if head is None or not head.number:
        return False
    with open(data / FILE, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(Anchor(today, head.number, head.digest))) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def anchors(data: Path) -> list[Anchor]:
    """The anchors of the workspace data in ``data``, oldest first; AuditBroken where a line cannot be read."""
    try:
        lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    try:
        return [Anchor(**json.loads(line)) for line in lines]
    except (ValueError, TypeError):
        raise AuditBroken(number=0, problem=f"{FILE} has a line that is not as it was written") from None
