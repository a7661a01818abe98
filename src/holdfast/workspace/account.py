"""The document of one account: why this score, what changed, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from holdfast.definitions.nearest import nearest
from holdfast.errors.workspace import DayNotKnown, UnknownAccount
from holdfast.evaluate.account_rows import FACTS
from holdfast.evaluate.steps import findings_of_account, open_on, plain, steps_of_account
from holdfast.pipeline.staff import staff
from holdfast.scoring.change import Ends, Model
from holdfast.scoring.change import change as change_between
from holdfast.scoring.explain import Beside
from holdfast.scoring.explain_account import Medians, explain_account
from holdfast.scoring.medians import own_medians
from holdfast.scoring.reasons import MOST

from .account_view import AccountView
from .accounts import with_owner
from .adoption import adoption
from .day_inputs import DayInputs, day_inputs
from .green import green_panel
from .history import score_history, usage_history
from .lineage import lineage
from .parents import parent_view
from .people import people as people_of
from .people import people_rows
from .placement import placement
from .published import Published
from .since import start_day
from .standing import standing, states
from .usage_change import usage_change, use_end, with_causes
from .user_segments import user_segments

OWN_WEEKS = 24


def account_view(
    published: Published, account_id: str, since: str | date | None, as_of: date | None, clock: str | None
) -> AccountView:
    """The account on a day, and its change since another.

    Without a clock the day is shown as now known, and the change starts from the score as it was believed;
    ``known`` starts it as now known; ``believed`` takes both days as believed on them.
    """
    with published.site.engine.scratch():
        return AccountView(_document(published, account_id, since, as_of or published.as_of, clock))


def _document(
    published: Published, account_id: str, since: str | date | None, end: date, clock: str | None
) -> dict[str, Any]:
    start = start_day(since, end)
    shown = "believed" if clock == "believed" else "known"
    after = day_inputs(published, end, shown)
    _must_be_known(published, after, account_id)
    explained = _explained(published, after, account_id)
    facts = after.of(account_id)["frame"].to_pylist()[0]
    people = published.kept("staff", lambda: staff(published.site, published.versions))
    scores = _dials(end, account_id, explained)
    row = {
        **{k: plain(facts[k]) for k in FACTS},
        **{k: explained[k] for k in ("score", "band", "color", "coverage", "reasons")},
        "delta_7d": None,
        "actions": _steps(published, after, account_id, scores, people),
    }
    known = people_rows(published, after, account_id)
    fall = usage_change(published, after, account_id, known, row["actions"])
    settings = published.site.definitions.settings
    change = _change(published, account_id, start, after, clock)
    return {
        **with_owner(published, row, people),
        **explained,
        "actions": with_causes(row["actions"], fall),
        "company": settings.company,
        "currency": settings.currency,
        "notice_by": _notice_by(after, account_id),
        "change": change,
        "reasons": _reasons(explained, change),
        "green_checks": green_panel(published, after, scores, account_id),
        "people": people_of(published, after, account_id, explained.get("dials", {}), known),
        "placement": placement(published.site.engine, after.definitions, account_id, _given(after, account_id, scores)),
        "usage_change": fall,
        "user_segments": user_segments(published, after, account_id, known, use_end(after, account_id)),
        "adoption": adoption(published, after, account_id, facts),
        "history": score_history(published, account_id, end),
        "usage": usage_history(published, account_id, end),
        "parent": parent_view(published, account_id, end),
        "run": {"id": published.publish.run_id, "published_at": published.publish.published_at.isoformat()},
    }


def _reasons(document: Mapping[str, Any], change: Mapping[str, Any]) -> list[Any]:
    """The reasons beside the score; that it is greener only because data are gone comes first."""
    notice = change["notice"]
    first = [notice] if isinstance(notice, Mapping) else []
    return [*first, *document["reasons"]][:MOST]


def _notice_by(inputs: DayInputs, account_id: str) -> str | None:
    """The last day on which notice can be given; None where no renewal or notice period is known."""
    left = inputs.of(account_id)["metrics"].to_pylist()[0].get("days_to_notice")
    return None if left is None else (inputs.day + timedelta(days=int(left))).isoformat()


def _must_be_known(published: Published, inputs: DayInputs, account_id: str) -> None:
    if account_id in standing(published, inputs).states:
        return
    known = set(published.read("frame", columns=["account_id"], distinct=True)["account_id"].to_pylist())
    if account_id in known:
        raise DayNotKnown(account_id=account_id, day=inputs.day.isoformat())
    near = nearest(account_id, known)
    raise UnknownAccount(account_id=account_id, nearest=f"; the nearest is {near}" if near else "")


def _explained(published: Published, inputs: DayInputs, account_id: str) -> dict[str, Any]:
    stands = standing(published, inputs)
    state = stands.states.of(account_id)
    found = lineage(published, inputs, account_id)
    sundays = [d for d in published.days if d < inputs.day and d.weekday() == 6][-OWN_WEEKS:]
    past = published.read("metrics", days=sundays, account_id=account_id)
    medians = Medians(stands.segments.get(str(state.traits.get("segment")), {}), own_medians(past, state.values))
    return explain_account(
        account_id, state, inputs.definitions.scorecards.values(), inputs.definitions.metrics, inputs.references,
        medians, inputs.clock, Beside(rows=found.rows, batches=found.batches), published.site.engine,
    )


def _change(
    published: Published, account_id: str, start: date, after: DayInputs, clock: str | None
) -> dict[str, Any]:
    known = day_inputs(published, start, "known")
    believed = known if clock == "known" else day_inputs(published, start, "believed")
    began = clock or "believed"
    under = (after.definitions, known.definitions)
    if clock is None and account_id not in states(published, believed, under):
        believed, began = known, "known"
    found = {}
    for label, inputs in (("known", known), ("believed", believed), ("after", after)):
        there = states(published, inputs, under)
        if account_id not in there:
            how = "was not yet known" if label == "believed" else "is not known"
            return _no_change(start, after.day, f"The account {how} on {start.isoformat()}.")
        found[label] = there.of(account_id)
    ends = Ends(**found, before_model=_model(known), after_model=_model(after))
    change = change_between(ends, engine=published.site.engine)
    if clock is None and began == "known" and change["notice"] is None:
        change["notice"] = f"Nothing was known of the account on {start.isoformat()}: the start is as now known."
    return {**change, "start": began}


def _model(inputs: DayInputs) -> Model:
    definitions = inputs.definitions
    return Model(tuple(definitions.scorecards.values()), inputs.references, definitions.metrics)


def _no_change(start: date, end: date, why: str) -> dict[str, Any]:
    return {
        "from": start.isoformat(), "to": end.isoformat(), "from_score": None, "to_score": None, "delta": None,
        "parts": [], "notice": why, "start": None,
    }


def _steps(
    published: Published, inputs: DayInputs, account_id: str, dials: pa.Table, people: Mapping[int, str]
) -> list[dict[str, Any]]:
    given = _given(inputs, account_id, dials)
    engine = published.site.engine
    if inputs.clock == "known" and inputs.day == published.as_of:
        rows = published.read("signals", account_id=account_id)
        found = open_on(rows.to_pylist(), inputs.day)
    else:
        found = findings_of_account(engine, given, inputs.definitions)
    return steps_of_account(engine, given, found, inputs.definitions, people)


def _given(inputs: DayInputs, account_id: str, dials: pa.Table) -> dict[str, pa.Table]:
    mine = inputs.of(account_id)
    return {"frame": mine["frame"], "wide": mine["metrics"], "scores": dials}


def _dials(day: date, account_id: str, document: Mapping[str, Any]) -> pa.Table:
    """The scores of the day as a table, as conditions and texts look at them."""
    dials = {"health": document, **{n: d for n, d in document.get("dials", {}).items() if n != "health"}}
    return pa.table({
        "account_id": [account_id] * len(dials),
        "as_of": pa.array([day] * len(dials), pa.date32()),
        "dial": list(dials),
        "score": pa.array([d["score"] for d in dials.values()], pa.float64()),
        "band": pa.array([d["band"] for d in dials.values()], pa.string()),
        "coverage": pa.array([d["coverage"] for d in dials.values()], pa.float64()),
    })
