"""The mails of the success managers tell the stories, and nothing against the truth file."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import mean, median
from typing import Any

from holdfast.demo.mailbox import QUIETER

from .conftest import Company

Mail = dict[str, str]


def _mails(company: Company) -> dict[str, list[Mail]]:
    found: dict[str, list[Mail]] = defaultdict(list)
    with (company.folder / "exports/success/csm_emails.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["mail"].startswith("EM98"):
                found[row["customer"]].append(row)
    return found


def _answers(company: Company, stories: tuple[str, ...], begun: bool) -> list[tuple[float | None, int]]:
    """Of each mail of ours: days to the next reply within 14 days, and the length of that reply."""
    result: list[tuple[float | None, int]] = []
    mails = _mails(company)
    for truth in company.truth["accounts"]:
        if truth["story"] in stories and truth["leaves_trace"]:
            result += [a for sent, a in _paired(mails[truth["account_id"]]) if (sent >= _onset(truth)) == begun]
    return result


def _onset(truth: dict[str, Any]) -> str:
    return str(truth["onset_on"] or "9999")


def _paired(mails: list[Mail]) -> list[tuple[str, tuple[float | None, int]]]:
    found: list[tuple[str, tuple[float | None, int]]] = []
    for number, mail in enumerate(mails):
        if mail["folder"] == "Sent":
            reply = next((m for m in mails[number + 1 :] if m["folder"] == "Inbox"), None)
            days = (_at(reply) - _at(mail)) / timedelta(days=1) if reply else 99.0
            answer = (days, len(reply["body"])) if reply and days <= 14 else (None, 0)
            found.append((mail["sent_at"], answer))
    return found


def _at(mail: Mail) -> datetime:
    return datetime.fromisoformat(mail["sent_at"])


def _share(answers: list[tuple[float | None, int]]) -> float:
    return mean(days is not None for days, _ in answers)


def test_a_few_mails_a_month_are_answered_where_nothing_happens(company: Company) -> None:
    calm = _answers(company, ("steady", "growing"), begun=False)
    assert 0.6 < _share(calm) < 0.85
    months = sum(len(m) > 0 for m in _mails(company).values()) * 18
    assert 1 < sum(len(m) for m in _mails(company).values()) / months < 6


def test_fewer_are_answered_once_a_decline_is_under_way(company: Company) -> None:
    before, after = (_answers(company, QUIETER, begun) for begun in (False, True))
    assert min(len(before), len(after)) > 50
    assert _share(after) < _share(before) - 0.2


def test_polite_exits_go_on_answering_shorter_and_slower(company: Company) -> None:
    before, after = (_answers(company, ("polite_exit",), begun) for begun in (False, True))
    assert _share(after) > _share(before) - 0.2
    slow, fast = ([days for days, _ in found if days is not None] for found in (after, before))
    assert median(slow) > 1.5 * median(fast)
    assert mean(size for _, size in after if size) < 0.6 * mean(size for _, size in before if size)


def test_they_reach_nobody_new_where_the_truth_says_one_contact(company: Company) -> None:
    since = str(date.fromisoformat(company.truth["last_day"]) - timedelta(days=90))
    mails = _mails(company)
    alone = [row["account_id"] for row in company.truth["green"] if row["single_threaded_champion"] == "fail"]
    assert any(mails[account] for account in alone)
    for account in alone:
        recent = {m["contact"] for m in mails[account] if m["folder"] == "Inbox" and m["sent_at"] > since}
        assert len(recent) <= 1, account
