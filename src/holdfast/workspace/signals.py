"""Findings of the current publish, with the numbers behind them; and what cannot be told, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from holdfast.actions.next_step import Found, next_steps
from holdfast.actions.wording import in_words
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.names import SCORE_NAMES
from holdfast.definitions.nearest import nearest
from holdfast.definitions.signal import SEVERITIES, Signal
from holdfast.errors.workspace import UnknownAccount, UnknownSignal
from holdfast.evaluate.steps import account_values, plain
from holdfast.signals.available import missing_records, rests_on_roles, unknown_names
from holdfast.signals.detectors.portfolio_findings import READS, portfolio_findings
from holdfast.signals.evidence import evidence_names

from .accounts import accounts
from .day_inputs import day_inputs
from .people import people_rows
from .published import Published
from .rows import metric_rows
from .usage_change import DECLINES, usage_change, with_causes

COURSE = ("state", "opened_on", "last_on", "cleared_on", "opened_severity", "worst_severity", "worsened_on",
          "unknown_since", "times")
Rows = list[dict[str, Any]]
_CHANGES = dict.fromkeys((name for name in SCORE_NAMES if "change" in name), 0.0)
"""Changes of the score are told from stored days, not from the values of this one."""


def signals(published: Published, account: str | None, owner: str | None, *, history: bool) -> dict[str, Any]:
    """Open findings of the published day, the gravest first; with ``history`` also those that ended.

    ``not_computable`` names each signal that cannot be told in this workspace, with the records that are
    missing; with ``account`` also ``unknown``, the signals that cannot be told for it today, with the reason.
    """
    listed = {row["account_id"]: row for row in accounts(published, None, owner, None, "known")}
    if account is not None and account not in listed:
        near = nearest(account, listed)
        raise UnknownAccount(account_id=account, nearest=f"; the nearest is {near}" if near else "")
    definitions = published.site.definitions
    found = [row for row in _findings(published, account, history) if row["account_id"] in listed]
    values = _values(published, sorted({row["account_id"] for row in found} | ({account} if account else set())))
    numbers = _evidence(published, account)
    rows = [
        _finding(row, listed[row["account_id"]], values.get(row["account_id"], {}), numbers[_key(row)], definitions)
        for row in found if row["signal"] in definitions.signals
    ]
    lacking = not_computable(published)
    document = {
        "company": definitions.settings.company,
        "as_of": published.as_of.isoformat(),
        "findings": _sorted(published, account, rows),
        "portfolio": _portfolio(published),
        "not_computable": lacking,
    }
    if account is not None:
        still = {row["signal"] for row in rows if row["cleared_on"] is None}
        known = still | {row["signal"] for row in lacking}
        document["unknown"] = _unknown(definitions, values.get(account, {}), known)
    return document


def _sorted(published: Published, account: str | None, rows: Rows) -> Rows:
    """The gravest first; where one account is asked for, open declines of its use with their largest causes."""
    findings = sorted(rows, key=_order)
    still = [row for row in findings if row["cleared_on"] is None and row["signal"] in DECLINES]
    if account is None or not still:
        return findings
    inputs = day_inputs(published, published.as_of, "known")
    with published.site.engine.scratch():
        people = {account: people_rows(published, inputs, account)}
        change = usage_change(published, inputs, people, {account: still})[account]
    return [with_causes([row], change)[0] if row in still else row for row in findings]


def signal_rows(published: Published, account: str, signal: str) -> Rows:
    """The very rows behind the metrics of a signal for an account, with file, line and batch."""
    definitions = published.site.definitions
    if signal not in definitions.signals:
        near = nearest(signal, definitions.signals)
        raise UnknownSignal(name=signal, nearest=f"; the nearest is {near}" if near else "")
    names = [n for n in evidence_names(definitions.signals[signal], definitions.signals) if n in definitions.metrics]
    found: Rows = []
    for name in names:
        for row in metric_rows(published, account, name, None, "known"):
            found.append({"evidence": name, **row})
    return found


def not_computable(published: Published) -> Rows:
    """Signals that cannot be told in this workspace, each with the records that are missing."""
    definitions = published.site.definitions
    found = []
    for name, one in definitions.signals.items():
        missing = missing_records(one, definitions.signals, definitions.metrics, published.loaded)
        if missing:
            found.append({"signal": name, "label": one.label, "missing": list(missing)})
    return found


def _portfolio(published: Published) -> Rows:
    """What happened to all accounts at once in the stored weeks, each once."""
    files = published.files("metrics")
    if not files or not {*READS} <= set(pq.read_schema(files[0]).names):
        return []
    rows = published.read("metrics", columns=("as_of", *READS), distinct=True).to_pylist()
    return [
        {"kind": one.kind, "first_week": one.first_week.isoformat(), "last_week": one.last_week.isoformat(),
         "size": one.size}
        for one in portfolio_findings(rows, _holidays(published))
    ]


def _holidays(published: Published) -> list[date]:
    """Days off that the calendar of the workspace knows."""
    days = published.site.snapshot(published.versions).rows("calendar")
    found: list[date] = published.site.engine.arrow(
        days.filter((days.kind != "short") & ~days.deleted).select("date").distinct())["date"].to_pylist()
    return found


def _findings(published: Published, account: str | None, history: bool) -> Rows:
    rows: Rows = published.read("signals", account_id=account).to_pylist()
    return rows if history else [row for row in rows if row["cleared_on"] is None]


def _values(published: Published, accounts: list[str]) -> dict[str, dict[str, Any]]:
    """What texts are filled from, by account."""
    engine, day = published.site.engine, [published.as_of]
    only = accounts[0] if len(accounts) == 1 else None
    frame, metrics, scores = (
        engine.frame(published.read(name, days=day, account_id=only)) for name in ("frame", "metrics", "scores")
    )
    if not accounts:
        return {}
    return {row["account_id"]: row for row in account_values(engine, frame, metrics, scores, accounts)}


def _evidence(published: Published, account: str | None) -> dict[tuple[Any, ...], dict[Any, dict[str, float]]]:
    """Finding -> day -> name -> value."""
    found: dict[tuple[Any, ...], dict[Any, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in published.read("signal_evidence", account_id=account).to_pylist():
        found[_key(row)][row["as_of"]][row["name"]] = row["value"]
    return found


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["account_id"], row["signal"], row["opened_on"]


def _finding(
    row: Mapping[str, Any], listed: Mapping[str, Any], values: Mapping[str, Any],
    numbers: Mapping[Any, Mapping[str, float]], definitions: Definitions,
) -> dict[str, Any]:
    one = definitions.signals[row["signal"]]
    now = values if row["cleared_on"] is None else {}
    then = {**now, **numbers.get(row["last_on"], {})}
    who = {"owner": listed["owner"], "manager": listed.get("manager"), "as_of": row["last_on"]}
    found = Found(signal=row["signal"], severity=row["severity"], state=row["state"], opened_on=row["opened_on"],
                  worsened_on=row["worsened_on"])
    (step,) = next_steps([found], {**then, **who}, definitions)
    return {
        "account_id": row["account_id"],
        "name": listed["name"],
        **{key: plain(value) for key, value in step.items()},
        **{key: plain(row[key]) for key in COURSE},
        "action_window": one.action_window,
        "rows": _evidence_rows(one, numbers, definitions),
    }


def _evidence_rows(one: Signal, numbers: Mapping[Any, Mapping[str, float]], definitions: Definitions) -> Rows:
    currency, metrics = definitions.settings.currency, definitions.metrics
    return [
        {
            "as_of": day.isoformat(),
            "name": name,
            "label": metrics[name].label if name in metrics else name.replace("_", " "),
            "value": numbers[day][name],
            "text": in_words(numbers[day][name], metrics.get(name), currency),
        }
        for day in sorted(numbers)
        for name in evidence_names(one, definitions.signals)
        if name in numbers[day]
    ]


def _unknown(definitions: Definitions, values: Mapping[str, Any], known: set[str]) -> Rows:
    found = []
    for name, one in definitions.signals.items():
        lacking = unknown_names(one, {**_CHANGES, **values}, definitions.signals) if name not in known else ()
        if lacking:
            found.append({"signal": name, "label": one.label, "names": list(lacking),
                          "why": _why(lacking, values, definitions)})
    return found


def _why(names: tuple[str, ...], values: Mapping[str, Any], definitions: Definitions) -> str:
    metrics = definitions.metrics
    if not values.get("contacts_with_roles") and any(rests_on_roles(n, metrics) for n in names):
        return "role not recorded"
    return "not known: " + ", ".join(metrics[n].label if n in metrics else n.replace("_", " ") for n in names)


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["cleared_on"] is not None, -SEVERITIES[row["severity"]], row["account_id"], row["signal"],
            row["opened_on"])
