"""Dates and times: ISO 8601 unless a format is given, stored in UTC, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.ingest.local_time import to_local, to_utc

RECORDS = {"account": {"account_id": "id", "created_at": "at"}}
DAYS = {"subscription": {"subscription_id": "id", "account_id": "id", "starts_on": "at"}}


def time_of(load, text, records=RECORDS, **more):
    found = load(f"id;at\n1;{text}\n", records, **more)
    name = "created_at" if records is RECORDS else "starts_on"
    return found.rows[0][name] if found.rows else found.rejects[0]["reason"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", datetime(2026, 1, 2)),
        ("20260102", datetime(2026, 1, 2)),
        ("2026-01-02 03:04", datetime(2026, 1, 2, 3, 4)),
        ("2026-01-02T03:04:05.123456789", datetime(2026, 1, 2, 3, 4, 5, 123456)),
        ("2026-01-02T03:04:05,5", datetime(2026, 1, 2, 3, 4, 5, 500000)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05+02:00", datetime(2026, 1, 2, 1, 4, 5)),
        ("2026-01-02 03:04:05+0530", datetime(2026, 1, 1, 21, 34, 5)),
        ("2026-01-02 03:04:05-08", datetime(2026, 1, 2, 11, 4, 5)),
        ("2026-01-02 03:04:05 UTC", datetime(2026, 1, 2, 3, 4, 5)),
        ("2024-02-29", datetime(2024, 2, 29)),
        ("2026-02-29", "bad_date"),
        ("2026-13-01", "bad_date"),
        ("2026-01-02 24:00", "bad_date"),
        ("2026-01-02 12:60", "bad_date"),
        ("2026-01-02T23:59:60", "bad_date"),
        ("0001-01-01", "out_of_range"),
        ("9999-12-31", "out_of_range"),
        ("1989-12-31", "out_of_range"),
        ("01/02/2026", "ambiguous_date"),
        ("1.2.2026", "ambiguous_date"),
        ("25/12/2026", "ambiguous_date"),
        ("01-02-26 10:00", "ambiguous_date"),
        ("Jan 2 2026", "bad_date"),
        ("yesterday", "bad_date"),
        ("1767323045", "bad_date"),
    ],
)
def test_b6_iso_only_without_a_format(load, text, expected):
    assert time_of(load, text) == expected


@pytest.mark.parametrize(
    ("format", "text", "expected"),
    [
        ("%d/%m/%Y", "01/02/2026", datetime(2026, 2, 1)),
        ("%m/%d/%Y", "01/02/2026", datetime(2026, 1, 2)),
        ("%d.%m.%Y %H:%M", "29.02.2025 10:00", "bad_date"),
        ("%d.%m.%Y %H:%M", "28.02.2025 10:00", datetime(2025, 2, 28, 10)),
        ("%d/%m/%Y", "2026-02-01", datetime(2026, 2, 1)),
        ("%d/%m/%Y", "01/02/0026", "out_of_range"),
        ("%d/%m/%Y %z", "01/02/2026 +0200", datetime(2026, 1, 31, 22)),
        ("unix", "1767323045", datetime(2026, 1, 2, 3, 4, 5)),
        ("unix", "1767323045.25", datetime(2026, 1, 2, 3, 4, 5, 250000)),
        ("unix_ms", "1767323045250", datetime(2026, 1, 2, 3, 4, 5, 250000)),
        ("unix", "1767323045250", "out_of_range"),
        ("unix", "soon", "bad_date"),
        ("unix", "0", "out_of_range"),
    ],
)
def test_b6_with_a_format(load, format, text, expected):
    assert time_of(load, text, date_format=format) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10)),
        ("2026-01-01 12:00", datetime(2026, 1, 1, 11)),
        ("2026-07-01 12:00Z", datetime(2026, 7, 1, 12)),
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 30)),
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30)),
        ("2026-10-25 03:00", datetime(2026, 10, 25, 2)),
    ],
    ids=["summer", "winter", "with zone", "skipped", "shown twice", "after"],
)
def test_b6_naive_times_are_in_the_zone_of_the_source(load, text, expected):
    assert time_of(load, text, time_zone="Europe/Berlin", zone="America/New_York") == expected
    assert time_of(load, text, zone="Europe/Berlin") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-07-01", date(2026, 7, 1)), ("2026-07-01 23:30", date(2026, 7, 1)), ("2026-07-01T23:30Z", date(2026, 7, 2))],
)
def test_b6_days_are_local_days(load, text, expected):
    assert time_of(load, text, DAYS, zone="Europe/Berlin") == expected


@settings(deadline=None)
@given(
    st.datetimes(datetime(1991, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
)
def test_local_time_agrees_with_the_standard_library(local, zone):
    expected = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    start = datetime(1970, 1, 1, tzinfo=UTC)
    micros = (local - start.replace(tzinfo=None)) // timedelta(microseconds=1)
    utc = int(to_utc(np.array([micros]), zone)[0])
    assert start + timedelta(microseconds=utc) == expected
    back = expected.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert start.replace(tzinfo=None) + timedelta(microseconds=int(to_local(np.array([utc]), zone)[0])) == back


EVENTS = {"event": {"event_id": "id", "account_id": "account", "occurred_at": "at", "sent_at": "sent"}}
HEADER = "id,account,at,sent,received\n"


def test_b14_the_future_beyond_a_day_is_set_aside(load):
    rows = "1,a,2026-11-21 11:59,,\n2,a,2026-11-21 12:01,,\n3,a,2024-11-20 12:00,,\n"
    found = load(HEADER + rows, EVENTS)
    assert found.reasons == {3: "future"}
    assert found.column("event_id") == ["1", "3"]


def test_b14_a_plan_may_lie_in_the_future(load):
    records = {"interaction": {"interaction_id": "id", "account_id": "account", "scheduled_at": "at"}}
    assert load(HEADER + "1,a,2027-01-01,,\n", records).reasons == {}


def test_b16_a_device_clock_one_day_off_is_put_right(load):
    rows = (
        "1,a,2026-11-11 10:00:00,2026-11-11 10:00:30,2026-11-10 10:00:31\n"
        "2,a,2026-11-10 10:00:00,2026-11-10 10:00:30,2026-11-10 10:04:00\n"
    )
    found = load(HEADER + rows, EVENTS, received_at={"column": "received"})
    assert found.column("occurred_at") == [datetime(2026, 11, 10, 10, 0, 1), datetime(2026, 11, 10, 10)]
    assert found.notes == {"clock_corrected": 1, "clock_ahead": 0}


def test_b16_without_the_sending_time_a_wrong_clock_is_only_marked(load):
    rows = "1,a,2026-11-11 10:00:00,,2026-11-10 10:00:31\n2,a,2026-11-10 10:00:00,,2026-11-10 10:00:31\n"
    found = load(HEADER + rows, EVENTS, received_at={"column": "received"})
    assert found.column("occurred_at") == [datetime(2026, 11, 11, 10), datetime(2026, 11, 10, 10)]
    assert found.notes == {"clock_corrected": 0, "clock_ahead": 1}


def test_b16_the_future_is_judged_after_the_clock_is_put_right(load):
    rows = "1,a,2027-01-10 10:00:00,2027-01-10 10:00:00,2026-11-10 10:00:00\n"
    found = load(HEADER + rows, EVENTS, received_at={"column": "received"})
    assert found.column("occurred_at") == [datetime(2026, 11, 10, 10)]
