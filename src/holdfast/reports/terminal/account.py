"""One account in the terminal: score, why, what changed, next steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from holdfast.charts.number import number, signed
from holdfast.reports import account_side as side
from holdfast.reports import adoption as arrived
from holdfast.reports import green_checks as green
from holdfast.reports import people as map_of
from holdfast.reports import placement as stands
from holdfast.reports import usage_change as use_of
from holdfast.reports import user_segments as kinds_of
from holdfast.reports.change_view import ChangeView, change_view
from holdfast.reports.explanation import Explanation, explanation
from holdfast.reports.words import clean, day_full, delta, money, name_words

from .green import checks_table
from .pieces import add, band, bar, heading, share, table, text


def account_card(document: Mapping[str, Any]) -> RenderableType:
    """The account document as the page shows it, without pictures."""
    document = clean(document)
    reasons, change = explanation(document), change_view(document)
    parts: list[RenderableType] = [_head(document, change), *_why(document, reasons), *_change(change)]
    parts += [*_green(document), *_people(document), *_usage_change(document), *_users(document)]
    parts += [*_stands(document), *_adoption(document)]
    return Group(*parts, *_drivers(document), *_steps(document), *_beside(document))


def _head(document: Mapping[str, Any], change: ChangeView | None) -> RenderableType:
    card, bounds, score = document.get("scorecard") or {}, document.get("bounds") or {}, document.get("score")
    head = Text(str(document["name"]), style="bold")
    head.append(f"  {document['account_id']} · as of {day_full(document.get('as_of'))}", style="dim")
    if document.get("clock") == "believed":
        head.append(", as believed then", style="bold")
    line = Text("\n")
    line.append("–" if score is None else number(score, 1), style="bold")
    line.append(" of 100  " if score is not None else "  ").append_text(band(document.get("band")))
    line.append(f"  {share(document.get('coverage'))} of weight has data")
    if bounds.get("low") is not None and bounds.get("high") is not None:
        line.append(f", range {number(bounds['low'])} to {number(bounds['high'])}")
    if document.get("not_scored"):
        line.append(f"\nNot scored: {document['not_scored']}", style="bold")
    if card.get("name"):
        line.append(f"\n{name_words(card.get('name'))} v{card.get('version', '–')}", style="dim")
        line.append(f", because {card['why']}" if card.get("why") else "", style="dim")
    facts = [
        f"ARR {money(document['arr'], document.get('currency'))}" if document.get("arr") is not None else "",
        f"renews {day_full(document['renews_on'])}" if document.get("renews_on") else "",
        f"owner {document.get('owner_name') or document.get('owner')}" if document.get("owner") else "",
        f"change {delta(change.delta)} since {change.start_day}" if change else "",
        f"score held since {day_full(document['held_since'])}" if document.get("held_since") else "",
    ]
    known = " · ".join(fact for fact in facts if fact)
    return head.append_text(line).append(f"\n{known}" if known else "")


def _why(document: Mapping[str, Any], reasons: Explanation) -> list[RenderableType]:
    made = table(
        ("Component, metric", "fold"),
        ("Now", "right"),
        ("Own", "right"),
        ("Segment", "right"),
        ("Score", "right"),
        ("Points", "right"),
        ("Of", "right"),
    )
    for line in reasons.components:
        name = Text(line.name, style="bold")
        name.append("  ").append_text(bar(line.earned, line.weight, reasons.longest, 16))
        add(made, [name, "", "", "", "", Text(line.points, style="bold"), line.of])
        for metric in line.metrics:
            label = f"  {metric.label}" + (f" ({metric.missing})" if metric.missing else "")
            of = "spread" if metric.spread else metric.of
            add(
                made,
                [label, metric.now, metric.own, metric.segment, metric.score, metric.points, of],
                "dim" if metric.missing else "",
            )
    for entry in reasons.adjustments:
        add(made, [entry.words, "", "", "", "", entry.amount, ""])
    add(made, ["Sum", "", "", "", "", reasons.total, reasons.of], "bold")
    title = f"Why {reasons.total}" if reasons.scored else "Why there is no score"
    notes: list[RenderableType] = [text(limit) for limit in reasons.limits]
    if reasons.missing_head:
        notes.append(text(f"◌ {reasons.missing_head} {reasons.missing_effect}"))
    return [heading(title, "bar: length is the weight, fill is what was earned"), made, *notes]


def _change(change: ChangeView | None) -> list[RenderableType]:
    if change is None:
        return [heading("What changed"), text("No change is shown: there is no score on both days.")]
    start, parts, end = change.waterfall.shown()
    made = table(("", ""), ("Points", "right"), ("", "fold"))
    add(made, [change.start_day, number(start, 1), ""])
    for step, part in zip(change.waterfall.steps, parts, strict=True):
        add(made, [step.label, signed(part), "" if step.behaviour else "not behaviour"])
    add(made, [change.end_day, number(end, 1), ""], "bold")
    quiet: list[RenderableType] = [text(f"No part in it: {', '.join(change.quiet)}.", "dim")] if change.quiet else []
    return [heading("What changed", f"{change.start_day} to {change.end_day}, {signed(change.delta)}"), made, *quiet]


def _green(document: Mapping[str, Any]) -> list[RenderableType]:
    found = document.get("green_checks") or {}
    checks = found.get("checks") or []
    if not checks:
        return []
    head = green.last_green({**document, **found}) or green.head_line(green.counted(checks))
    once = [text(line, "dim") for line in green.said_once(found.get("never_recorded") or [])]
    return [heading("Does green mean safe?", head), checks_table(checks, document["as_of"]), *once]


def _people(document: Mapping[str, Any]) -> list[RenderableType]:
    if not map_of.columns(document):
        return []
    made = table(("Seat", ""), ("Person", ""), ("", "fold"), ("Contact", ""), ("Use, 90 d", "right"))
    for column in map_of.columns(document):
        for one in column["cards"]:
            about = ", ".join(part for part in (one["title"], one["roles"], one["above"], one["left"]) if part)
            add(made, [column["title"], one["name"], about, one["contact"], one["use"]], "dim" if one["left"] else "")
        if column["again"]:
            add(made, [column["title"], column["again"], "", "", ""])
        if column["empty"]:
            add(made, [column["title"], f"? {column['empty']['what']}", column["empty"]["note"], "", ""], "bold")
    notes = [line for line in (map_of.others_line(document), "; ".join(map_of.strength_lines(document))) if line]
    return [heading("People", map_of.head_line(document)), made, *(text(line) for line in notes)]


def _usage_change(document: Mapping[str, Any]) -> list[RenderableType]:
    head = use_of.head_line(document)
    parts: list[RenderableType] = [heading("Whose use changed", head)] if head else []
    for title, lines in use_of.tables(document):
        made = table((title, "fold"), ("Before", "right"), ("After", "right"), ("Change", "right"))
        for line in lines:
            add(made, list(line))
        parts.append(made)
    return [*parts, *(text(line, "dim") for line in use_of.notes(document))]


def _users(document: Mapping[str, Any]) -> list[RenderableType]:
    head, lines = kinds_of.head_line(document), kinds_of.lines(document)
    made = table(("Users", ""), ("", "right"), ("", "fold"))
    for line in lines:
        add(made, list(line))
    return [heading("Users", head), *([made] if lines else [])] if head else []


def _stands(document: Mapping[str, Any]) -> list[RenderableType]:
    rows, made = stands.rows(document), table(("", ""), ("", ""), ("", "fold"))
    for row in rows:
        add(made, list(row))
    return [heading("Where it stands"), made] if rows else []


def _adoption(document: Mapping[str, Any]) -> list[RenderableType]:
    rows = arrived.measures(document)
    if not rows:
        return []
    made = table(("Adoption", ""), ("Now", "right"), ("", "fold"))
    for row in rows:
        add(made, list(row))
    line = arrived.milestone_line(document)
    return [heading("Adoption", arrived.head_line(document)), made, *([text(line)] if line else [])]


def _drivers(document: Mapping[str, Any]) -> list[RenderableType]:
    made = table(("", ""), ("Points", "right"), ("Driver", "fold"))
    for key, sign in (("down", "↘"), ("up", "↗")):
        for driver in side.drivers(document, key):
            add(made, [sign, driver["points"], driver["text"]])
    return [heading("Drivers", "against own past and segment median"), made] if made.row_count else []


def _steps(document: Mapping[str, Any]) -> list[RenderableType]:
    steps = side.next_steps(document)
    if not steps:
        return [heading("Next steps"), text("No finding is open.")]
    made = table(("Finding", "fold"), ("Do", "fold"), ("Who", ""), ("By", ""))
    for step in steps:
        finding = band(step["glyph"], word=False)
        finding.append(f" {step['severity']}: {step['label']}. {step['evidence']}", style="default")
        add(made, [finding, step["what"], step["owner"], step["due"]])
    return [heading("Next steps"), made]


def _beside(document: Mapping[str, Any]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    made = table(("Dial", ""), ("Score", "right"), ("Band", ""), ("", "fold"))
    for dial in side.other_dials(document):
        add(made, [dial["name"], dial["score"], dial["word"], dial["share"]])
    if made.row_count:
        parts += [heading("Other dials", "beside the score, never inside it"), made]
    readings = side.group(document)
    if readings:
        parts += [heading("With its children"), text(" · ".join(f"{name} {value}" for name, value in readings))]
    return parts
