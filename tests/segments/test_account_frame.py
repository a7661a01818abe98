"""The account frame: contract facts, lifecycle, tiers, segments, who is scored; by both clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.definitions.expression import Expression
from holdfast.definitions.load import builtin
from holdfast.definitions.segment import Segment
from holdfast.definitions.settings import Scored, Settings
from holdfast.lake import memory_snapshot, stored_schema
from holdfast.records import RECORDS
from holdfast.segments.frame import COLUMNS, account_frame

DAY = date(2026, 3, 29)
LONG_AGO = datetime(2024, 1, 1)


def table(record: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = stored_schema(RECORDS[record])
    names = {name for row in rows for name in row}
    return pa.Table.from_pylist(rows, schema=pa.schema([f for f in schema if f.name in names]))


def sub(account: str, key: str, **columns: Any) -> dict[str, Any]:
    return {"subscription_id": key, "account_id": account, "starts_on": date(2025, 1, 1), "mrr": Decimal(100),
            "seats": 10, "known_at": LONG_AGO, **columns}


def frame(days: list[date], clock: str = "known", zone: str = "UTC", rule: Scored | None = None,
          segments: tuple[Segment, ...] | None = None, currency: str = "EUR",
          **records: list[dict[str, Any]]) -> dict[tuple[str, date], dict[str, Any]]:
    snapshot = memory_snapshot({name: table(name, rows) for name, rows in records.items()}, zone=zone)
    definitions = replace(builtin(), settings=Settings(currency=currency, scored=rule or Scored()))
    if segments is not None:
        definitions = replace(definitions, segments=segments)
    result = account_frame(snapshot, definitions, days, clock)  # type: ignore[arg-type]
    assert tuple(result.columns) == COLUMNS
    rows = snapshot.engine.arrow(result).to_pylist()
    snapshot.engine.close()  # type: ignore[attr-defined]
    keyed = {(row["account_id"], row["as_of"]): row for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def account(key: str = "a", **columns: Any) -> dict[str, Any]:
    return {"account_id": key, "created_at": LONG_AGO, **columns}


def one(**arguments: Any) -> dict[str, Any]:
    return frame([DAY], account=[account(**arguments.pop("of", {}))], **arguments)["a", DAY]


def test_contract_facts_sum_the_active_subscriptions() -> None:
    row = one(subscription=[
        sub("a", "1", renews_on=date(2026, 6, 1)),
        sub("a", "2", starts_on=DAY, mrr=Decimal("0.5"), seats=5, ends_on=DAY),
        sub("a", "3", starts_on=DAY + timedelta(days=1), mrr=Decimal(999)),
        sub("a", "4", ends_on=DAY - timedelta(days=1), mrr=Decimal(999)),
        sub("a", "5", status="cancelled", mrr=Decimal(999)),
        sub("a", "6", status="paused", ends_on=date(2027, 1, 1), mrr=Decimal(999)),
        sub("a", "7", status="cancelled", ends_on=date(2026, 4, 30), mrr=Decimal(1), seats=1),
    ])
    assert (row["mrr"], row["arr"], row["seats"], row["active_subscriptions"]) == (
        Decimal("101.5"), Decimal(1218), 16, 3)
    assert row["renews_on"] == DAY
    assert row["tenure_days"] == (DAY - date(2025, 1, 1)).days


def test_money_uses_the_latest_rate_on_or_before_the_day() -> None:
    rates = [
        {"currency": "USD", "base": "EUR", "date": date(2026, 3, 1), "rate": 0.8},
        {"currency": "USD", "base": "EUR", "date": DAY, "rate": 0.9},
        {"currency": "USD", "base": "EUR", "date": DAY + timedelta(days=1), "rate": 5.0},
        {"currency": "USD", "base": "GBP", "date": DAY, "rate": 7.0},
    ]
    rows = frame([DAY - timedelta(days=1), DAY], account=[account()], exchange_rate=rates,
                 subscription=[sub("a", "1", currency="usd"), sub("a", "2", currency="EUR"), sub("a", "3")])
    assert rows["a", DAY]["mrr"] == Decimal(290)
    assert rows["a", DAY - timedelta(days=1)]["mrr"] == Decimal(280)


def test_a_missing_rate_gives_no_money_instead_of_part_of_it() -> None:
    row = one(subscription=[sub("a", "1", currency="CHF"), sub("a", "2")])
    assert row["mrr"] is None
    assert row["arr"] is None
    assert row["value_tier"] is None
    assert row["seats"] == 20


@pytest.mark.parametrize(("mrr", "tier"), [
    ("8333.333333", "mid_market"), ("8333.333334", "enterprise"), ("2083.333333", "smb"),
    ("2083.333334", "mid_market"), ("416.666666", "starter"), ("416.666667", "smb"), ("0", "starter"),
])
def test_value_tiers_begin_at_5_25_and_100_thousand_a_year(mrr: str, tier: str) -> None:
    assert one(subscription=[sub("a", "1", mrr=Decimal(mrr))])["value_tier"] == tier


def test_an_account_without_contract_is_worth_zero_only_where_contracts_are_loaded() -> None:
    other = [sub("b", "1")]
    assert one(subscription=other)["mrr"] == 0
    assert one(subscription=other)["not_scored"] == "no active subscription"
    row = one()
    assert row["mrr"] is None
    assert row["scored"]
    assert one(of={"lifecycle": "churned"})["not_scored"] == "churned"


@pytest.mark.parametrize(("stated", "subscriptions", "stage"), [
    (None, [sub("a", "1")], "active"),
    (None, [sub("a", "1", renews_on=DAY + timedelta(days=90))], "renewal"),
    (None, [sub("a", "1", renews_on=DAY + timedelta(days=91))], "active"),
    (None, [sub("a", "1", renews_on=DAY - timedelta(days=1))], "active"),
    (None, [sub("a", "1", starts_on=DAY - timedelta(days=89))], "onboarding"),
    (None, [sub("a", "1", starts_on=DAY - timedelta(days=90))], "active"),
    (None, [sub("a", "1", ends_on=DAY - timedelta(days=1))], "churned"),
    (None, [sub("a", "1", ends_on=DAY)], "renewal"),
    (None, [sub("a", "1", status="trial")], "trial"),
    (None, [sub("b", "1")], None),
    ("onboarding", [sub("a", "1")], "onboarding"),
    ("churned", [sub("a", "1")], "active"),
    ("active", [sub("a", "1", ends_on=DAY - timedelta(days=1))], "churned"),
    ("trial", [sub("b", "1")], "trial"),
])
def test_lifecycle(stated: str | None, subscriptions: list[dict[str, Any]], stage: str | None) -> None:
    assert one(of={"lifecycle": stated}, subscription=subscriptions)["lifecycle"] == stage


def test_the_first_segment_that_matches_wins_and_unknown_does_not_match() -> None:
    segments = (Segment(segment="big", when=Expression.parse("employee_count > 100")),
                Segment(segment="pro", when=Expression.parse("plan = 'pro'")), Segment(segment="rest"))
    assert one(of={"plan": "pro"}, segments=segments)["segment"] == "pro"
    assert one(of={"plan": "pro", "employee_count": 101}, segments=segments)["segment"] == "big"
    assert one(segments=segments)["segment"] == "rest"
    assert one(segments=segments[:2])["segment"] is None


def test_shipped_segments_follow_the_value_tier() -> None:
    assert one(subscription=[sub("a", "1", mrr=Decimal(9000))])["segment"] == "enterprise"
    assert one(of={"strategic": True}, subscription=[sub("a", "1")])["segment"] == "enterprise"
    assert one(of={"employee_count": 250})["segment"] == "mid_market"
    assert one()["segment"] == "starter"


def test_the_company_may_say_who_is_scored() -> None:
    rule = Scored(when=Expression.parse("seats >= 10"), reason="fewer than ten seats")
    assert one(rule=rule, subscription=[sub("a", "1")])["scored"]
    row = one(rule=rule, subscription=[sub("a", "1", seats=9)])
    assert (row["scored"], row["not_scored"]) == (False, "fewer than ten seats")


def test_seasonal_and_high_growth() -> None:
    assert one(of={"attributes": '{"x": 1, "seasonal": "yes"}'})["seasonal"]
    assert not one(of={"attributes": '{"seasonal": "no"}'})["seasonal"]
    old = sub("a", "1")
    added = sub("a", "2", starts_on=DAY - timedelta(days=179), seats=3)
    assert one(subscription=[old, added])["high_growth"]
    assert not one(subscription=[old, {**added, "seats": 2}])["high_growth"]
    assert not one(subscription=[old, {**added, "starts_on": DAY - timedelta(days=180)}])["high_growth"]
    assert not one(subscription=[added])["high_growth"]


@pytest.mark.parametrize(("zone", "created", "visible"), [
    ("Europe/Berlin", datetime(2026, 3, 29, 21, 59), True),
    ("Europe/Berlin", datetime(2026, 3, 29, 22, 0), False),
    ("UTC", datetime(2026, 3, 29, 23, 59), True),
    ("Pacific/Auckland", datetime(2026, 3, 29, 10, 59), True),
    ("Pacific/Auckland", datetime(2026, 3, 29, 11, 0), False),
])
def test_an_account_begins_on_its_local_day_also_when_the_clocks_change(
    zone: str, created: datetime, visible: bool
) -> None:
    rows = frame([DAY], zone=zone, account=[account(created_at=created)])
    assert (("a", DAY) in rows) is visible
    if visible:
        assert rows["a", DAY]["created_on"] == DAY
        assert rows["a", DAY]["tenure_days"] == 0


def test_the_two_clocks_differ_where_data_came_late() -> None:
    rows = [sub("b", "0"), sub("a", "1", known_at=datetime(2026, 4, 10))]
    known = frame([DAY], account=[account()], subscription=rows)["a", DAY]
    believed = frame([DAY], "believed", account=[account()], subscription=rows)["a", DAY]
    assert (known["mrr"], known["scored"]) == (Decimal(100), True)
    assert (believed["mrr"], believed["scored"]) == (Decimal(0), False)


ROWS = st.lists(st.fixed_dictionaries({
    "subscription_id": st.sampled_from("123"),
    "account_id": st.sampled_from("ab"),
    "starts_on": st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    "ends_on": st.none() | st.dates(date(2025, 6, 1), date(2027, 1, 1)),
    "mrr": st.integers(0, 9000).map(Decimal),
    "seats": st.integers(1, 50),
    "status": st.sampled_from([None, "active", "cancelled", "trial"]),
    "known_at": st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)),
}), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None)
@given(ROWS)
def test_as_believed_nothing_is_known_before_it_came(rows: list[dict[str, Any]]) -> None:
    for n, row in enumerate(rows):
        row["row_hash"] = n
    people = [account("a"), account("b")]
    end = datetime.combine(DAY + timedelta(days=1), datetime.min.time())
    cut = [row for row in rows if row["known_at"] < end]
    assert frame([DAY], "believed", account=people, subscription=rows) == frame(
        [DAY], "believed", account=people, subscription=cut)
