"""The rank: revenue at stake x churn estimate or severity x urgency x evidence, answers by hand."""

from __future__ import annotations

from datetime import date

import pytest

from holdfast.actions.rank import Rank, Weight, chance, evidence, urgency

DAY = date(2026, 3, 27)


@pytest.mark.parametrize(("due", "opened", "renews", "weight"), [
    (date(2026, 3, 20), date(2026, 3, 10), None, 3.0),
    (date(2026, 3, 27), None, None, 3.0),
    (date(2026, 3, 28), None, None, 2.0),
    (date(2026, 3, 30), None, None, 1.5),
    (date(2026, 4, 3), None, None, 1.0),
    (date(2026, 4, 4), None, None, 0.5),
    (date(2026, 1, 2), date(2026, 1, 1), None, 0.5),  # its window of 60 days ended on 2 March
    (date(2026, 1, 2), date(2026, 1, 26), None, 3.0),  # the 60th day is inside
    (date(2026, 4, 30), None, date(2026, 4, 26), 2.0),
    (date(2026, 4, 30), None, date(2026, 4, 27), 1.5),
    (date(2026, 4, 30), None, date(2026, 6, 25), 1.5),
    (date(2026, 4, 30), None, date(2026, 6, 26), 0.5),
    (date(2026, 4, 30), None, date(2026, 3, 26), 0.5),  # a renewal that has passed presses nobody
    (date(2026, 3, 27), None, date(2026, 4, 1), 3.0),  # the nearer of the two counts
])
def test_urgency(due: date, opened: date | None, renews: date | None, weight: float) -> None:
    assert urgency(DAY, due, opened, 60, renews).value == weight


def test_evidence_falls_with_missing_data_wrong_rules_and_findings_not_told_today() -> None:
    assert evidence(0.8, "open").value == 0.8
    assert evidence(None, "open").value == 0.5
    assert evidence(0.8, "unknown").value == 0.4
    assert evidence(1.0, "open", 5, 30).value == 15 / 40
    assert evidence(1.0, "open", 30, 30).value == 1.0
    assert "rule right 5 of 30 times" in evidence(1.0, "open", 5, 30).why


def test_the_product_and_its_words() -> None:
    rank = Rank(412_600, False, chance("high", 0.41), Weight(3.0, "due today"), Weight(0.92, "coverage"))
    assert rank.priority == pytest.approx(412_600 * 0.41 * 3 * 0.92)
    assert rank.words("EUR") == (
        "EUR\u00a0412,600 a year × churn estimate 0.41 × due today 3 × coverage 0.92 = 466,898"
    )
    free = Rank(0, False, chance("low"), Weight(1.0, "due"), Weight(1.0, "coverage"))
    assert free.priority == 0.05
    assert "price unknown" in Rank(9, True, chance("low"), Weight(1.0, "due"), Weight(1.0, "c")).words("EUR")
