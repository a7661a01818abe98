"""How columns become records."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from holdfast.errors import UserError

SUBSCRIPTION = {"subscription_id": "id", "account_id": "account", "starts_on": "start"}


def test_one_row_makes_several_records_and_counts_once(load):
    records = {
        "account": {"account_id": "id", "name": "company"},
        "contact": {"contact_id": "mail", "account_id": "id", "email": "mail", "where": "mail is not null"},
        "outcome": {"account_id": "id", "kind": {"value": "churn"}, "occurred_at": "lost", "where": "lost is not null"},
    }
    found = load("id,company,mail,lost\n1,A,a@b.co,2026-01-01\n2,B,,\n3,C,c@d.co,never\n", records)
    assert found.rows_in == 3
    assert [len(rows) for rows in found.records] == [2, 1, 1]
    assert [(r["line"], r["reason"]) for r in found.rejects] == [(4, "bad_date")]
    assert found.records[2][0]["kind"] == "churn"


def test_rows_that_no_record_wants_are_filtered(load):
    records = {"account": {"account_id": "id", "where": "kind = 'customer' and cast(seats as int) > 3"}}
    data = "id,kind,seats\n1,customer,5\n2,partner,9\n3,customer,2\n,partner,\n4,customer,x\n"
    found = load(data, records)
    assert found.column("account_id") == ["1"]
    assert found.filtered == [3, 4, 5, 6]
    assert found.rejects == []


def test_expressions_over_the_columns_of_the_export(load):
    records = {
        "account": {
            "account_id": "id",
            "name": {"expression": "upper(first) || ' ' || last"},
            "revenue": {"expression": "cast(monthly as decimal) * 12"},
            "strategic": {"expression": "tier in ('gold', 'silver')"},
        }
    }
    found = load("id,first,last,monthly,tier\n1, ann ,Lee,10.5,gold\n2,bo,Ray,,tin\n", records, decimal=",")
    assert found.column("name") == ["ANN Lee", "BO Ray"]
    assert found.column("revenue") == [Decimal("126"), None]
    assert found.column("strategic") == [True, False]


def test_an_expression_that_does_not_fit_is_refused_in_plain_words(load):
    with pytest.raises(UserError, match="first"):
        load("id\n1\n", {"account": {"account_id": "id", "name": {"expression": "upper(first)"}}})


def test_lookups_fetch_from_other_records(load):
    asked = []

    def lookup(record, by, take):
        asked.append((record, by, take))
        return pa.table({"key": ["S1", "S2"], "value": ["A1", None]})

    records = {
        "event": {
            "event_id": "id",
            "account_id": {
                "lookup": {"record": "subscription", "by": "subscription_id", "take": "account_id", "from_": "sub"}
            },
            "occurred_at": "at",
        }
    }
    data = "id,sub,at\n1, S1,2026-01-01\n2,S9,2026-01-01\n3,,2026-01-01\n4,S2,2026-01-01\n"
    found = load(data, records, lookup=lookup)
    assert asked == [("subscription", "subscription_id", "account_id")]
    assert found.column("account_id") == ["A1"]
    assert found.reasons == {3: "unresolved", 4: "missing_required", 5: "missing_required"}
    assert found.rejects[0]["column"] == "sub"


def test_value_maps_quarantine_what_they_do_not_name(load):
    columns = {"ticket_id": "id", "account_id": "id", "opened_at": "at"}
    priority = {"column": "p", "map": {"P1": "urgent", "P2": "high", "": "low"}}
    data = "id,at,p\n1,2026-01-01, P1 \n2,2026-01-01,\n3,2026-01-01,p1\n"
    found = load(data, {"ticket": columns | {"priority": priority}})
    assert found.column("priority") == ["urgent", "low"]
    assert found.reasons == {4: "not_in_list"}
    found = load(data, {"ticket": columns | {"priority": priority | {"otherwise": "normal"}}})
    assert found.column("priority") == ["urgent", "low", "normal"]


def test_texts_that_mean_nothing(load):
    records = {"subscription": SUBSCRIPTION | {"ends_on": {"column": "end", "empty": ("9999-12-31", "n/a")}}}
    found = load("id,account,start,end\n1,a,2026-01-01,9999-12-31\n2,a,2026-01-01, n/a\n", records)
    assert found.column("ends_on") == [None, None]


def test_unmapped_columns_are_kept_sorted_and_personal_ones_apart(load):
    data = 'id,zeta,alpha,home phone,empty\n1,"z ""q""",a,555,\n2,,,,\n'
    found = load(data, {"account": {"account_id": "id"}}, personal=("home phone",))
    assert found.column("attributes") == ['{"alpha":"a","zeta":"z \\"q\\""}', None]
    assert found.column("_personal_attributes") == ['{"home phone":"555"}', None]


def test_whether_an_address_is_valid_is_read_from_its_form(load):
    columns = {"contact_id": "id", "account_id": "a", "email": "mail"}
    data = "id,a,mail,ok\n1,a,x@y.com,\n2,a,x@y,\n3,a,,\n4,a,x y@z.com,\n5,a,x@y.com,no\n"
    found = load(data, {"contact": columns | {"email_valid": "ok"}})
    assert found.column("email_valid") == [True, False, None, False, False]
    assert load(data, {"contact": columns}).column("email_valid") == [True, False, None, False, True]


def test_the_date_from_which_a_version_holds(load):
    records = {"account": {"account_id": "id"}}
    found = load(
        "id,changed\n1,2026-01-02 10:00\n2,\n3,soon\n",
        records,
        effective_at={"column": "changed"},
        zone="Europe/Berlin",
    )
    assert found.column("_effective_at") == [datetime(2026, 1, 2, 9), None]
    assert [(r["column"], r["reason"]) for r in found.rejects] == [("changed", "bad_date")]


def test_the_first_bad_column_in_declared_order_names_the_reject(load):
    records = {"subscription": SUBSCRIPTION | {"seats": "seats", "mrr": "mrr"}}
    found = load("id,account,start,seats,mrr\n1,a,2026-01-01,many,lots\n", records)
    assert [r["column"] for r in found.rejects] == ["mrr"]


def test_a_future_date_is_named_only_where_no_earlier_column_is_bad(load):
    columns = {"event_id": "id", "account_id": "a", "occurred_at": "at", "quantity": "n"}
    found = load("id,a,at,n\n1,a,2099-01-01,x\n2,,2099-01-01,1\n", {"event": columns})
    assert [(r["column"], r["reason"]) for r in found.rejects] == [("at", "future"), ("a", "missing_required")]


def test_the_first_record_of_a_row_names_the_reject(load):
    records = {
        "account": {"account_id": "id", "revenue": "revenue"},
        "subscription": {"subscription_id": "id", "account_id": "id", "starts_on": "start"},
    }
    found = load("id,revenue,start\n1,lots,soon\n2,1,soon\n", records)
    assert [(r["line"], r["column"]) for r in found.rejects] == [(2, "revenue"), (3, "start")]
    assert found.records == [[], []]
