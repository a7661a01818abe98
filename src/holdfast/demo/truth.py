"""The truth file: stories, causes, answers and planted rows. It lies beside what the product reads."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from . import names
from .files import Folder, csv_rows
from .green import CHECKS, Facts, answers
from .rhythm import outages
from .stories import CAUSES, HARMFUL, OBVIOUS, STORIES, Plot
from .timeline import day

ACCOUNT_HEADER = (
    "account_id",
    "story",
    "cause",
    "harmful",
    "signed_up_on",
    "onset_on",
    "turned_on",
    "churned_on",
    "would_churn_on",
    "strength",
    "leaves_trace",
    "obvious_source",
    "trace_source",
    "hazard_a_year",
    "at_risk_from",
    "use_arrives",
    "trial",
)
FEEDS = ("product log", "uploads that stopped", "not connected")


def write_truth(facts: Facts, folder: Folder, flagged: list[str], early: list[str], arguments: dict[str, Any]) -> None:
    """Write ``truth/``: accounts.csv, green.csv, planted.csv, truth.json and a page that explains them."""
    stories = [_story(facts, a) for a in range(facts.world.count)]
    folder.text("truth/accounts.csv", _csv(ACCOUNT_HEADER, [tuple(s.values()) for s in stories]))
    checked = answers(facts)
    green = list(zip(facts.world.account_id, *checked.values(), strict=True))
    folder.text("truth/green.csv", _csv(("account_id", *CHECKS), green))
    planted = [asdict(row) for row in sorted(folder.ledger.rows, key=lambda r: (r.file, r.line))]
    folder.text(
        "truth/planted.csv",
        _csv(("file", "line", "kind", "expect", "reason", "column"), [tuple(p.values()) for p in planted]),
    )
    whole = {
        "company": names.COMPANY,
        "arguments": arguments,
        "first_day": str(day(facts.world.time.first)),
        "last_day": str(day(facts.world.time.last)),
        "checks": CHECKS,
        "causes": CAUSES,
        "outages": _outages(facts),
        "december_dips": _dips(facts),
        "conflicts": {
            "flagged_churned_while_contract_runs": flagged,
            "ticket_before_sign_up": early,
            "events_after_churn": _lingering(facts),
        },
        "accounts": stories,
        "green": [{"account_id": g[0]} | dict(zip(CHECKS, g[1:], strict=True)) for g in green],
        "planted": planted,
        "rows": dict(sorted(folder.rows.items())),
    }
    folder.text("truth/truth.json", json.dumps(whole, indent=1, ensure_ascii=False, default=str) + "\n")
    folder.text("truth/README.md", _README + "".join(f"- `{k}` fails when {v}.\n" for k, v in CHECKS.items()))


def _story(facts: Facts, a: int) -> dict[str, Any]:
    world, plot = facts.world, facts.world.plot
    name = STORIES[int(plot.story[a])]
    obvious, other = OBVIOUS.get(name, ("", ""))
    traced = bool(plot.traced[a])
    left = bool(world.churned[a])
    return {
        "account_id": str(world.account_id[a]),
        "story": name,
        "cause": CAUSES[name],
        "harmful": name in HARMFUL,
        "signed_up_on": _day(world.signup[a]),
        "onset_on": _day(plot.onset[a]),
        "turned_on": _day(plot.turn[a]),
        "churned_on": _day(plot.churn[a]) if left else None,
        "would_churn_on": None if left else _day(plot.churn[a]),
        "strength": round(float(plot.strength[a]), 3),
        "leaves_trace": traced,
        "obvious_source": obvious,
        "trace_source": obvious if traced else other,
        "hazard_a_year": round(float(plot.hazard[a]), 4),
        "at_risk_from": _day(plot.at_risk_from[a]),
        "use_arrives": FEEDS[int(world.feed[a])],
        "trial": bool(world.trial[a]),
    }


def _day(value: Any) -> str | None:
    return None if int(value) >= Plot.never else str(day(int(value)))


def _csv(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    if not rows:
        return ",".join(header) + "\n"
    return "\n".join([",".join(header), *csv_rows(tuple(zip(*rows, strict=True)))]) + "\n"


def _outages(facts: Facts) -> list[dict[str, str]]:
    return [
        {"first": str(day(a)), "last": str(day(b)), "week": "{}-W{:02d}".format(*day(a).isocalendar()[:2])}
        for a, b in outages(facts.world)
    ]


def _dips(facts: Facts) -> list[str]:
    years = range(day(facts.world.time.first).year, day(facts.world.time.last).year)
    return [f"{year}-12-20 to {year + 1}-01-03" for year in years]


def _lingering(facts: Facts) -> list[str]:
    world = facts.world
    return [
        str(world.account_id[a])
        for a in range(0, world.count, 6)
        if world.plot.churn[a] <= world.time.last - 12 and world.feed[a] == 0
    ]


_README = """# The truth about the demo company

Nothing here is read by the product; reports that measure it do.

- `accounts.csv`: the story of each account, when it began, when the customer left or would leave, how strong it is,
  and which source shows it. `leaves_trace` is false where the obvious source shows nothing; the trace is then in
  `trace_source`, or nowhere.
- `green.csv`: the right answer of every green check on the last day: pass, fail, unknown, or none (left, or on trial).
- `planted.csv`: rows that are wrong on purpose: file, physical line (row number in a workbook), what is wrong,
  what should become of the row, the reason and the record column.
- `truth.json`: all of this, outages and dips of the whole company, and planted conflicts between sources.

## Green checks

"""
