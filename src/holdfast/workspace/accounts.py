"""The list of accounts of a day, with owners resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from holdfast.actions.owner import find, person_for
from holdfast.evaluate.account_rows import account_rows
from holdfast.pipeline.staff import staff

from .days import evaluation_of
from .published import Published

SHOWN = ("account_id", "name", "score", "band", "color", "coverage", "owner", "mrr", "delta_7d", "reasons", "next_step")
"""What ``holdfast accounts --json`` promises, in this order; more follows."""


def accounts(
    published: Published, band: str | None, owner: str | None, as_of: date | None, clock: str
) -> list[dict[str, Any]]:
    """Rows of the published day, or of another day computed anew; lowest score first."""
    people = staff(published.site, published.versions)
    rows: Iterable[dict[str, Any]] = (
        with_owner(published, row, people) for row in _rows(published, as_of, clock, people))
    if band:
        rows = (r for r in rows if r["band"] == band)
    if owner:
        rows = (r for r in rows if (r["owner"] or "").casefold() == owner.casefold())
    return sorted(rows, key=lambda r: (r["score"] is None, r["score"] or 0.0, r["account_id"]))


def _rows(
    published: Published, as_of: date | None, clock: str, people: Mapping[int, str]
) -> Iterable[dict[str, Any]]:
    from holdfast.state.runs import rows

    if as_of in (None, published.as_of) and clock == "known":
        return rows(published.publish)
    day = as_of or published.as_of
    week_before = day - timedelta(days=7)
    now = evaluation_of(published, day, clock)
    if now is None:
        return []
    before = evaluation_of(published, week_before, clock)
    evaluations = [*([before.evaluation] if before else []), now.evaluation]
    return account_rows(published.site.engine, now.definitions, evaluations, day, week_before, people)


def with_owner(published: Published, row: Mapping[str, Any], people: Mapping[int, str]) -> dict[str, Any]:
    """The row with e-mails and names of its owner and of who takes each step, in the promised order."""
    known = published.site.definitions.people
    mails = {k: people.get(row.get(f"{k}_key") or -1) for k in ("owner", "manager")}
    person = find(mails["owner"], known)
    steps = []
    for step in row["actions"]:
        mail = person_for(step["owner_role"], mails, known)
        taker = find(mail, known)
        steps.append({**step, "owner": mail, "owner_name": taker.name if taker else None})
    full = {
        **row, **mails, "owner_name": person.name if person else None, "actions": steps,
        "next_step": steps[0] if steps else None, "case": row.get("case"),
    }
    hidden = ("owner_key", "manager_key")
    return {**{k: full[k] for k in SHOWN}, **{k: v for k, v in full.items() if k not in SHOWN and k not in hidden}}
