"""Does green mean safe? The checks of each green account, with evidence, and since when they fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.actions.green_answer import Answer, answer
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.nearest import nearest
from holdfast.errors.workspace import UnknownAccount
from holdfast.lake.answers import Keep, answers
from holdfast.scoring.colors import color
from holdfast.signals.available import missing_of_conditions
from holdfast.signals.green_codes import NOT_ASKED, green_codes, names_read, state_of
from holdfast.signals.values import values

from .accounts import accounts
from .day_inputs import DayInputs
from .published import Published

GREEN = "green"
Rows = list[dict[str, Any]]


def green(published: Published, account: str | None, owner: str | None) -> dict[str, Any]:
    """Green accounts of the published day that fail a check, by contract value x evidence, the most first.

    With ``account`` that one alone, whatever its colour and answers. ``never_recorded`` names each check that
    cannot be told in this workspace, with the records that are missing: that is said once, not per account.
    """
    listed = {row["account_id"]: row for row in accounts(published, None, owner, None, "known")}
    if account is not None and account not in listed:
        near = nearest(account, listed)
        raise UnknownAccount(account_id=account, nearest=f"; the nearest is {near}" if near else "")
    shown = [row for row in listed.values() if row["color"] == GREEN] if account is None else [listed[account]]
    lacking = never_recorded(published)
    definitions = published.site.definitions
    checks = _checks(published, [row["account_id"] for row in shown], {row["check"] for row in lacking})
    rows = [_account(row, checks.get(row["account_id"], []), definitions) for row in shown]
    failing = rows if account is not None else [row for row in rows if row["failed"]]
    settings = definitions.settings
    return {
        "company": settings.company,
        "currency": settings.currency,
        "as_of": published.as_of.isoformat(),
        "green": sum(row["color"] == GREEN for row in listed.values()),
        "accounts": sorted(failing, key=_order),
        "checks": _counts(rows, definitions),
        "never_recorded": lacking,
    }


def never_recorded(published: Published) -> Rows:
    """Checks that cannot be told in this workspace, each with the records that are missing."""
    found: Rows = published.kept("green checks never recorded", lambda: _never_recorded(published))
    return found


def _never_recorded(published: Published) -> Rows:
    definitions = published.site.definitions
    found = []
    for name, one in definitions.green_checks.items():
        missing = missing_of_conditions([r.when for r in one.fails], definitions.metrics, published.loaded)
        if missing:
            found.append({"check": name, "label": one.label, "missing": list(missing)})
    return found


def green_panels(published: Published, inputs: DayInputs, given: Mapping[str, pa.Table]) -> dict[str, dict[str, Any]]:
    """By account of ``given`` its checks on a day, the checks that nobody can tell here, and its last green day.

    Since when a check fails is known for the published day alone.
    """
    lacking = never_recorded(published)
    left_out = {row["check"] for row in lacking}
    accounts = given["frame"]["account_id"].to_pylist()
    told = _answers(published, inputs.definitions, given, given["scores"], set(accounts))
    today = inputs.clock == "known" and inputs.day == published.as_of
    found = {}
    for account in accounts:
        stretches = published.read("green_checks", account_id=account)
        since = _since(stretches.to_pylist(), published.as_of) if today else {}
        found[account] = {
            "checks": [_check(one, since, account) for one in told.get(account, []) if one.check not in left_out],
            "never_recorded": lacking,
            "last_green": _last_green(published, stretches, account, inputs.day, left_out),
        }
    return found


def _last_green(
    published: Published, stretches: pa.Table, account_id: str, day: date, left_out: set[str]
) -> dict[str, Any] | None:
    """The newest stored green day up to ``day``, with how the checks stood on it."""
    scores = published.read("scores", account_id=account_id)
    if not scores.num_rows or not stretches.num_rows:
        return None
    cards = published.site.definitions.scorecards
    days = [
        row["as_of"] for row in scores.to_pylist()
        if row["dial"] == "health" and row["as_of"] <= day
        and color(cards.get(row["scorecard"]), row["band"]) == GREEN
    ]
    if not days:
        return None
    last = max(days)
    states = [row["state"] for row in stretches.to_pylist()
              if row["from_on"] <= last <= row["to_on"] and row["check"] not in left_out]
    return {"as_of": last.isoformat(), "failed": states.count("fail"), "passed": states.count("pass"),
            "unknown": states.count("unknown")}


def _checks(published: Published, chosen: list[str], lacking: set[str]) -> dict[str, Rows]:
    if not chosen:
        return {}
    only = chosen[0] if len(chosen) == 1 else None
    day = [published.as_of]
    tables = {name: published.read(name, days=day, account_id=only) for name in ("frame", "metrics", "scores")}
    since = _since(published.read("green_checks", account_id=only).to_pylist(), published.as_of)
    tables["wide"] = tables["metrics"]
    told = _answers(published, published.site.definitions, tables, tables["scores"], set(chosen))
    return {
        account: [_check(one, since, account) for one in found if one.check not in lacking]
        for account, found in told.items()
    }


def _answers(
    published: Published, definitions: Definitions, tables: Mapping[str, pa.Table], scores: pa.Table,
    chosen: Container[str],
) -> dict[str, list[Answer]]:
    """What each check says about each of the chosen accounts, by account."""
    checks = definitions.green_checks
    if not checks or not tables["frame"].num_rows:
        return {}
    names = names_read(checks.values())

    def ask(t: Mapping[str, ir.Table], keep: Keep) -> dict[str, ir.Table]:
        looked = keep(values(t["frame"], t["wide"], t["scores"], names))
        return {"codes": green_codes(looked, checks), "values": looked}

    given = {"frame": tables["frame"], "wide": tables["wide"], "scores": scores}
    found = answers(published.site.engine, f"green {definitions.hash}", given, ask)
    filled = {row["account_id"]: row for row in found["values"].to_pylist()}
    return {
        account: [answer(one, row[name], filled[account], definitions) for name, one in checks.items()
                  if row[name] != NOT_ASKED]
        for row in found["codes"].to_pylist() if (account := row["account_id"]) in chosen
    }


def _since(stretches: Rows, day: date) -> dict[tuple[str, str], tuple[date, bool]]:
    """Account and check -> first stored day since which it fails without having passed, and whether green then."""
    passed: dict[tuple[str, str], date] = {}
    for row in stretches:
        if row["state"] == "pass":
            key = (row["account_id"], row["check"])
            passed[key] = max(passed.get(key, row["to_on"]), row["to_on"])
    failing = [row for row in stretches if row["state"] == "fail"]
    now = {(row["account_id"], row["check"]) for row in failing if row["to_on"] == day}
    found: dict[tuple[str, str], tuple[date, bool]] = {}
    for row in failing:
        key = (row["account_id"], row["check"])
        began, last = row["from_on"], passed.get(key)
        if key in now and (last is None or began > last) and (key not in found or began < found[key][0]):
            found[key] = (began, row["green_then"])
    return found


def _check(one: Answer, since: Mapping[tuple[str, str], tuple[date, bool]], account: str) -> dict[str, Any]:
    began, green_then = since.get((account, one.check), (None, None)) if state_of(one.code) == "fail" else (None, None)
    return {
        "check": one.check, "label": one.label, "asks": one.asks, "state": state_of(one.code),
        "evidence": one.evidence, "weight": one.weight,
        "since": began.isoformat() if began else None, "green_then": green_then,
        "action": one.action, "owner_role": one.owner,
    }


def _account(row: Mapping[str, Any], checks: Rows, definitions: Definitions) -> dict[str, Any]:
    counted = {state: sum(c["state"] == state for c in checks) for state in ("fail", "pass", "unknown")}
    whole = sum(one.weight for one in definitions.green_checks.values())
    against = sum(c["weight"] for c in checks if c["state"] == "fail") / whole if whole else 0.0
    about = ("account_id", "name", "owner", "owner_name", "score", "band", "color", "coverage", "arr", "renews_on")
    return {
        **{key: row[key] for key in about},
        "failed": counted["fail"], "passed": counted["pass"], "unknown": counted["unknown"],
        "evidence": against,
        "at_stake": None if row["arr"] is None else row["arr"] * against,
        "checks": checks,
    }


def _counts(rows: Rows, definitions: Definitions) -> Rows:
    """How the checks came out over the accounts that were looked at."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: {"fail": 0, "pass": 0, "unknown": 0})
    for row in rows:
        for check in row["checks"]:
            counted[check["check"]][check["state"]] += 1
    return [
        {"check": name, "label": one.label, "asks": one.asks, **counted[name]}
        for name, one in definitions.green_checks.items() if name in counted
    ]


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["at_stake"] is None, -(row["at_stake"] or 0.0), -row["evidence"], row["account_id"])
