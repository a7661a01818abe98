"""The documents of accounts: why this score, what changed, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from holdfast.definitions.nearest import nearest
from holdfast.errors.workspace import DayNotKnown, UnknownAccount
from holdfast.evaluate.account_rows import FACTS
from holdfast.evaluate.steps import Findings, findings_of_accounts, open_on, plain, steps_of_accounts
from holdfast.pipeline.staff import staff
from holdfast.scoring.asking import Asking, together
from holdfast.scoring.change import Ends, changing
from holdfast.scoring.explain import Beside
from holdfast.scoring.explain_account import Medians, explaining
from holdfast.scoring.medians import own_medians
from holdfast.scoring.model import Model
from holdfast.scoring.reasons import MOST
from holdfast.scoring.states import State

from .account_records import account_records
from .account_view import AccountView
from .accounts import with_owner
from .adoption import adoption
from .day_inputs import DayInputs, day_inputs
from .green import green_panels
from .history import score_history, usage_history
from .kept_documents import KeptDocuments
from .lineage import lineage
from .parents import parent_view
from .people import people as people_of
from .people import people_rows, with_names
from .placement import placements
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
    end = as_of or published.as_of
    usual = since is None and end == published.as_of and clock is None
    document = KeptDocuments(published).get(account_id) if usual else None
    if document is None:
        with published.site.engine.scratch():
            document = documents(published, [account_id], since, end, clock)[account_id]
    return AccountView(with_names(published, document))


def documents(
    published: Published, accounts: Sequence[str], since: str | date | None = None, end: date | None = None,
    clock: str | None = None,
) -> dict[str, dict[str, Any]]:
    """The documents of accounts by id, made together; names of people stand as keys (see ``with_names``).

    Raises UnknownAccount, or DayNotKnown for an account of which nothing was known on the day.
    """
    end = end or published.as_of
    after = day_inputs(published, end, "believed" if clock == "believed" else "known")
    for account in accounts:
        _must_be_known(published, after, account)
    with published.together(accounts):
        return _documents(published, accounts, start_day(since, end), after, clock)


def _documents(
    published: Published, accounts: Sequence[str], start: date, after: DayInputs, clock: str | None
) -> dict[str, dict[str, Any]]:
    explained = _explained(published, after, accounts)
    changes = _changes(published, accounts, start, after, clock)
    staffed = published.kept("staff", lambda: staff(published.site, published.versions))
    mine = after.of(*accounts)
    given = {"frame": mine["frame"], "wide": mine["metrics"], "scores": _dials(after.day, explained)}
    facts = {row["account_id"]: row for row in mine["frame"].to_pylist()}
    metrics = {row["account_id"]: row for row in mine["metrics"].to_pylist()}
    steps = _steps(published, after, given, staffed)
    known = {account: people_rows(published, after, account) for account in accounts}
    use = usage_change(published, after, known, steps)
    users = user_segments(published, after, known, {account: use_end(after, account) for account in accounts})
    green = green_panels(published, after, given)
    placed = placements(published.site.engine, after.definitions, given)
    records = account_records(published, after, accounts)
    settings = published.site.definitions.settings
    return {
        account: {
            **with_owner(published, _row(facts[account], explained[account], steps[account]), staffed),
            **explained[account],
            "actions": with_causes(steps[account], use[account]),
            "company": settings.company,
            "currency": settings.currency,
            "notice_by": _notice_by(after.day, metrics[account]),
            "change": changes[account],
            "reasons": _reasons(explained[account], changes[account]),
            "green_checks": green[account],
            "people": people_of(published, after, account, explained[account].get("dials", {}), known[account]),
            "placement": placed[account],
            "usage_change": use[account],
            "user_segments": users[account],
            "adoption": adoption(published, after, facts[account], metrics[account]),
            "records": records[account],
            "history": score_history(published, account, after.day),
            "usage": usage_history(published, account, after.day),
            "parent": parent_view(published, account, after.day),
            "run": {"id": published.publish.run_id, "published_at": published.publish.published_at.isoformat()},
        }
        for account in accounts
    }


def _row(facts: Mapping[str, Any], explained: Mapping[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **{k: plain(facts[k]) for k in FACTS},
        **{k: explained[k] for k in ("score", "band", "color", "coverage", "reasons")},
        "delta_7d": None,
        "actions": steps,
    }


def _reasons(document: Mapping[str, Any], change: Mapping[str, Any]) -> list[Any]:
    """The reasons beside the score; that it is greener only because data are gone comes first."""
    notice = change["notice"]
    first = [notice] if isinstance(notice, Mapping) else []
    return [*first, *document["reasons"]][:MOST]


def _notice_by(day: date, metrics: Mapping[str, Any]) -> str | None:
    """The last day on which notice can be given; None where no renewal or notice period is known."""
    left = metrics.get("days_to_notice")
    return None if left is None else (day + timedelta(days=int(left))).isoformat()


def _must_be_known(published: Published, inputs: DayInputs, account_id: str) -> None:
    if account_id in standing(published, inputs).states:
        return
    known = set(published.read("frame", columns=["account_id"], distinct=True)["account_id"].to_pylist())
    if account_id in known:
        raise DayNotKnown(account_id=account_id, day=inputs.day.isoformat())
    near = nearest(account_id, known)
    raise UnknownAccount(account_id=account_id, nearest=f"; the nearest is {near}" if near else "")


def _explained(published: Published, inputs: DayInputs, accounts: Sequence[str]) -> dict[str, dict[str, Any]]:
    stands = standing(published, inputs)
    rests = lineage(published, inputs, accounts)
    model = _model(published, inputs)
    sundays = [d for d in published.days if d < inputs.day and d.weekday() == 6][-OWN_WEEKS:]

    def explained(account_id: str) -> Asking[dict[str, Any]]:
        state = stands.states.of(account_id)
        past = published.read("metrics", days=sundays, account_id=account_id)
        medians = Medians(stands.segments.get(str(state.traits.get("segment")), {}), own_medians(past, state.values))
        beside = Beside(rows=rests[account_id].rows, batches=rests[account_id].batches)
        return explaining(account_id, state, model, medians, inputs.clock, beside)

    return together({account: explained(account) for account in accounts}, published.site.engine)


def _changes(
    published: Published, accounts: Sequence[str], start: date, after: DayInputs, clock: str | None
) -> dict[str, dict[str, Any]]:
    asking: dict[str, Asking[dict[str, Any]]] = {}
    found: dict[str, dict[str, Any]] = {}
    known = day_inputs(published, start, "known")
    for account in accounts:
        began = clock or "believed"
        believed = known if clock == "known" else day_inputs(published, start, "believed")
        under = (after.definitions, known.definitions)
        if clock is None and account not in states(published, believed, under):
            believed, began = known, "known"
        ends: dict[str, State] = {}
        for label, inputs in (("known", known), ("believed", believed), ("after", after)):
            there = states(published, inputs, under)
            if account not in there:
                how = "was not yet known" if label == "believed" else "is not known"
                found[account] = _no_change(start, after.day, f"The account {how} on {start.isoformat()}.")
                break
            ends[label] = there.of(account)
        else:
            between = Ends(**ends, before_model=_model(published, known), after_model=_model(published, after))
            asking[account] = _since(changing(between), start, began, told=clock is None)
    return found | together(asking, published.site.engine)


def _since(asking: Asking[dict[str, Any]], start: date, began: str, *, told: bool) -> Asking[dict[str, Any]]:
    """The change with the clock of its start, which is said where nobody chose it."""
    change = yield from asking
    if told and began == "known" and change["notice"] is None:
        change["notice"] = f"Nothing was known of the account on {start.isoformat()}: the start is as now known."
    return {**change, "start": began}


def _model(published: Published, inputs: DayInputs) -> Model:
    definitions = inputs.definitions
    return published.kept(("model", inputs.day, inputs.clock), lambda: Model(
        tuple(definitions.scorecards.values()), inputs.references, definitions.metrics))


def _no_change(start: date, end: date, why: str) -> dict[str, Any]:
    return {
        "from": start.isoformat(), "to": end.isoformat(), "from_score": None, "to_score": None, "delta": None,
        "parts": [], "notice": why, "start": None,
    }


def _steps(
    published: Published, inputs: DayInputs, given: Mapping[str, pa.Table], staffed: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    engine = published.site.engine
    accounts = given["frame"]["account_id"].to_pylist()
    if inputs.clock == "known" and inputs.day == published.as_of:
        stored = {account: published.read("signals", account_id=account).to_pylist() for account in accounts}
        found: Findings = {account: open_on(rows, inputs.day) for account, rows in stored.items()}
    else:
        found = findings_of_accounts(engine, given, inputs.definitions)
    steps = steps_of_accounts(engine, given, found, inputs.definitions, staffed)
    return {account: steps.get(account, []) for account in accounts}


def _dials(day: date, documents: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """The scores of the day as a table, as conditions and texts look at them."""
    rows = [
        (account, name, dial["score"], dial["band"], dial["coverage"])
        for account, document in documents.items()
        for name, dial in {**document.get("dials", {}), "health": document}.items()
    ]
    columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
    return pa.table({
        "account_id": pa.array(columns[0], pa.string()),
        "as_of": pa.array([day] * len(rows), pa.date32()),
        "dial": pa.array(columns[1], pa.string()),
        "score": pa.array(columns[2], pa.float64()),
        "band": pa.array(columns[3], pa.string()),
        "coverage": pa.array(columns[4], pa.float64()),
    })
