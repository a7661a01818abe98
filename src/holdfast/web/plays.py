"""What people did in the case of an account, as marks of its history: touches, steps, offers, how it ended."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from holdfast.state.case import CaseEvent, Outcome

from .desk import Desk
from .notes import LINE, MARK, clipped

PLAYS = ("touch", "task", "offer", "tier", "closed", "escalated")


def play_marks(account_id: str, here: Desk) -> list[dict[str, str]]:
    """Day, words for the chart and the line between two days; texts only for who may see personal data."""
    zone = ZoneInfo(here.workspace.site.definitions.settings.time_zone)
    events = CaseEvent.objects.filter(case__key=account_id, kind__in=PLAYS).order_by("at", "pk")
    undone = set(
        CaseEvent.objects.filter(case__key=account_id, kind="undone").values_list("batch", flat=True)) - {""}
    found = []
    for one in events:
        short, text = _words(one)
        if short and one.batch not in undone:
            line = f"{short}: {text}" if text and here.scope.personal else short
            found.append({"day": one.at.astimezone(zone).date().isoformat(), "words": clipped(short, MARK),
                          "line": clipped(line, LINE)})
    return found


def _words(event: CaseEvent) -> tuple[str, str]:
    """What was done, and the text to it; nothing for a step that was opened again."""
    body: dict[str, Any] = event.body
    if event.kind == "touch":
        return str(body["kind"]).capitalize(), str(body["text"])
    if event.kind == "task":
        return (f"Step done: {body['do']}", "") if body["done"] else ("", "")
    if event.kind in ("offer", "tier"):
        return f"{'Offer' if event.kind == 'offer' else 'Tier change'} {body['what']}: {body['offer']}", ""
    if event.kind == "escalated":
        return "Escalated", ""
    return f"Case closed: {Outcome(body['outcome']).label.lower()}", ""
