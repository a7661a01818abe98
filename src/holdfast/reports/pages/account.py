"""The account card: one self-contained page for one account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from holdfast.charts.bands import CUTS, glyph
from holdfast.charts.component_bars import ComponentBar, SingleBar
from holdfast.charts.history import Lane, Mark, Reading, ScoreHistory, Shape
from holdfast.charts.number import number, percent, signed
from holdfast.charts.series import Point, Series
from holdfast.reports import account_side as side
from holdfast.reports import adoption as arrived
from holdfast.reports import between as inside
from holdfast.reports import green_checks as green
from holdfast.reports import people as map_of
from holdfast.reports import placement as stands
from holdfast.reports import records as recorded
from holdfast.reports import usage_change as use_of
from holdfast.reports import user_segments as kinds_of
from holdfast.reports.change_view import ChangeView, change_view
from holdfast.reports.explanation import Explanation, explanation
from holdfast.reports.frame import chip, frame, range_words
from holdfast.reports.render import figure, markup, page, svg
from holdfast.reports.words import as_day, clean, day_full, day_short, days_between, delta, money, name_words


def account_card(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of an account document. ``theme`` fixes light or dark; else the reader's choice holds."""
    return page("account.html", account_context(document) | {"theme": theme})


def account_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of the account card shows."""
    document = clean(document)
    reasons, change = explanation(document), change_view(document)
    context = frame(document, str(document["name"]), "Account") | {
        "name": document["name"],
        "facts": _facts(document),
        "account_id": document["account_id"],
        "held": _held(document),
        "why_note": _why_not(document),
        "chip": chip(document, large=True),
        "chip_note": ", ".join(part for part in (range_words(document), _card(document)) if part),
        "strip": _strip(document, change),
    }
    context |= why_context(reasons) | _change(document, change)
    return context | _green(document) | _people(document) | _beside(document) | _records(document)


def _facts(document: Mapping[str, Any]) -> list[str]:
    parent = document.get("parent") or {}
    owner = document.get("owner_name") or document.get("owner")
    known = [
        f"Part of {parent['name']}" if parent.get("name") else "",
        f"Account {document['account_id']}",
        name_words(document["segment"]) if document.get("segment") else "",
        name_words(document["lifecycle"]) if document.get("lifecycle") else "",
        f"Owner {owner}" if owner else "No owner",
    ]
    return [fact for fact in known if fact]


def _held(document: Mapping[str, Any]) -> str:
    since = document.get("held_since")
    if document.get("not_scored"):
        return f"Not scored: {document['not_scored']}"
    return f"Score held, {day_short(since, document.get('as_of'))}" if since else ""


def _why_not(document: Mapping[str, Any]) -> str:
    if document.get("score") is not None:
        return ""
    if document.get("not_scored"):
        return f"Not scored: {document['not_scored']}"
    share = document.get("coverage")
    has = "an unknown share" if share is None else percent(share)
    return f"{has} of the weight has data, less than the scorecard asks for"


def _card(document: Mapping[str, Any]) -> str:
    card = document.get("scorecard") or {}
    return f"{name_words(card['name'])} v{card.get('version', '–')}" if card.get("name") else ""


def _strip(document: Mapping[str, Any], change: ChangeView | None) -> list[dict[str, str]]:
    currency, as_of = document.get("currency"), document.get("as_of")
    cells = [_change_cell(change)]
    seats = document.get("seats")
    mrr = money(document.get("mrr"), currency)
    arr = "unknown" if document.get("arr") is None else money(document["arr"], currency)
    cells.append(
        {
            "name": "ARR",
            "value": arr,
            "note": ", ".join(
                part
                for part in (
                    f"{mrr} a month" if mrr != "–" else "",
                    f"{number(seats)} seats" if seats is not None else "",
                )
                if part
            ),
        }
    )
    for key, name in (("notice_by", "Notice deadline"), ("renews_on", "Renews")):
        left = days_between(as_of, document.get(key))
        if left is None and key == "notice_by":
            continue
        value = "unknown" if left is None else day_full(document[key])
        note = "no date on file" if left is None else f"{left} d left" if left >= 0 else f"{-left} d ago"
        cells.append({"name": name, "value": value, "note": note})
    pulse = (document.get("dials") or {}).get("pulse")
    if pulse and pulse.get("score") is not None:
        word = name_words(pulse.get("band"))
        cells.append({"name": "Pulse", "value": word, "note": f"{number(pulse['score'])} of 100, a person’s judgement"})
    return cells


def _change_cell(change: ChangeView | None) -> dict[str, str]:
    if change is None:
        return {"name": "Change", "value": "no score", "note": "one of the two days has none"}
    start = change.waterfall.shown()[0]
    name = "Change" if change.days is None else f"Change, {change.days} d"
    return {
        "name": name,
        "value": delta(change.delta),
        "note": f"was {number(start, 1)} on {change.start_day}",
    }


def why_context(reasons: Explanation) -> dict[str, Any]:
    """The explanation with a bar for each component."""
    rows = [
        {
            "line": line,
            "bar": svg(SingleBar(ComponentBar(line.name, line.weight, line.earned), reasons.longest)),
            "open": place == reasons.costliest or not reasons.scored,
        }
        for place, line in enumerate(reasons.components)
    ]
    return {"why": reasons, "why_rows": rows, "unknown_glyph": markup(glyph(None, 14))}


def _change(document: Mapping[str, Any], change: ChangeView | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "change": change,
        "waterfall": None,
        "change_lines": [],
        "quiet_causes": "",
        "notice": _notice(document),
    }
    if change is not None:
        tall = replace(change.waterfall, width=340.0, sideways=True)
        context["waterfall"] = figure(change.waterfall, tall) if change.waterfall.steps else None
        context["change_lines"] = [(cause, what, signed(amount, 2)) for cause, what, amount in change.lines]
        context["quiet_causes"] = ", ".join(change.quiet)
    fall = {"fall_head": use_of.head_line(document), "fall_tables": use_of.tables(document),
            "fall_notes": use_of.notes(document)}
    return context | {"history": _history(document), "usage": _usage(document), "between": _between(document)} | fall


def _between(document: Mapping[str, Any]) -> list[dict[str, str]]:
    """What happened between the two days of the change."""
    return [{"day": day_short(one.day, document["as_of"]), "kind": one.kind, "what": one.what, "note": one.note}
            for one in inside.between(document)]


def _green(document: Mapping[str, Any]) -> dict[str, Any]:
    """The panel "does green mean safe?"; empty where no check was asked."""
    found = document.get("green_checks") or {}
    checks = sorted(found.get("checks") or [], key=lambda check: list(green.SIGNS).index(check["state"]))
    rows = [
        {
            "sign": markup(glyph(green.SIGNS[check["state"]][0], 13)), "word": green.SIGNS[check["state"]][1],
            "label": check["label"], "asks": check["asks"], "evidence": check["evidence"],
            "since": green.since_words(check, document.get("as_of")),
        }
        for check in checks
    ]
    head = green.last_green({**document, **found}) or green.head_line(green.counted(checks))
    return {"green_rows": rows, "green_head": head, "green_once": green.said_once(found.get("never_recorded") or [])}


def _people(document: Mapping[str, Any]) -> dict[str, Any]:
    """The people map; empty where nobody is known and no seat can be drawn."""
    return {
        "people_columns": map_of.columns(document), "people_head": map_of.head_line(document),
        "adoption_rows": arrived.measures(document), "adoption_head": arrived.head_line(document),
        "milestone_line": arrived.milestone_line(document),
        "placement_rows": stands.rows(document),
        "user_lines": kinds_of.lines(document), "user_head": kinds_of.head_line(document),
        "people_others": map_of.others_line(document), "people_strength": map_of.strength_lines(document),
    }


def _records(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the records say; empty for a document without them."""
    return {
        "record_tables": recorded.tables(document), "timeline": recorded.items(document),
        "goals": recorded.goals(document), "profile": recorded.profile(document), "outside": recorded.outside(document),
    }


def _notice(document: Mapping[str, Any]) -> str:
    notice = (document.get("change") or {}).get("notice")
    return str(notice.get("text") or "") if isinstance(notice, Mapping) else str(notice or "")


def _history(document: Mapping[str, Any]) -> dict[str, Any] | None:
    readings = []
    for row in document.get("history") or []:
        day = as_day(row["as_of"])
        if day is not None:
            readings.append(Reading(day, row.get("score"), row.get("band")))
    today = as_day(document.get("as_of"))
    if today is None or sum(reading.score is not None for reading in readings) < 2:
        return None
    cuts = (document.get("scorecard") or {}).get("bands")
    chart = ScoreHistory(
        readings,
        today,
        sorted(cuts.items(), key=lambda cut: -cut[1]) if cuts else CUTS,
        _lanes(document, today),
    )
    return figure(chart, replace(chart, width=340.0, plot=112.0, lanes=()), "Score, Sundays and the last days")


def _lanes(document: Mapping[str, Any], today: date) -> list[Lane]:
    marks = []
    for key, words in (("notice_by", "notice by"), ("renews_on", "renews")):
        day = as_day(document.get(key))
        if day is not None and day >= today:
            marks.append(Mark(day, f"{words} {day_short(day, today)}"))
    lanes = []
    versions = [Mark(day, words) for day, words in inside.models(document.get("history") or [])]
    if versions:
        lanes.append(Lane("Model", "diamond", versions))
    for key, name, shape in _WRITTEN:
        written = _written_marks(document, key, today)
        if written:
            lanes.append(Lane(name, shape, written))
    return [*lanes, Lane("Contract", "flag", marks[:1])] if marks else lanes


_WRITTEN: tuple[tuple[str, str, Shape], ...] = (("notes", "Notes", "dot"), ("plays", "Plays", "arrow"))


def _written_marks(document: Mapping[str, Any], key: str, today: date) -> list[Mark]:
    """The notes or plays of days that the history shows."""
    first = min((str(row["as_of"]) for row in document.get("history") or []), default="")
    found = [(as_day(one["day"]), one["words"]) for one in document.get(key) or [] if one["day"] >= first]
    return [Mark(day, words) for day, words in found if day is not None and day <= today]


def _usage(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    weeks = document.get("usage") or []
    found = []
    for key, title, unit in (
        ("active_users", "Active users a week", "users"),
        ("events", "Events a week", "events"),
    ):
        points = [Point(day, row.get(key)) for row in weeks if (day := as_day(row["week"])) is not None]
        if any(point.value is not None for point in points):
            chart = Series(points, title, unit)
            found.append(figure(chart, replace(chart, width=340.0), f"{title}, complete ISO weeks"))
    return found


def _beside(document: Mapping[str, Any]) -> dict[str, Any]:
    steps = [{**step, "sign": markup(glyph(step["glyph"], 13))} for step in side.next_steps(document)]
    dials = [{**dial, "sign": markup(glyph(dial["band"], 13))} for dial in side.other_dials(document)]
    return {
        "steps": steps,
        "down": side.drivers(document, "down"),
        "up": side.drivers(document, "up"),
        "contract": side.contract(document),
        "dials": dials,
        "group": side.group(document),
        "about": side.about(document),
    }
