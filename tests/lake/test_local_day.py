"""The local day agrees with the time zone database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.lake import duckdb_engine
from holdfast.lake.local_time import transitions

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")


@pytest.fixture(scope="module")
def engine():
    engine = duckdb_engine(threads=1)
    yield engine
    engine.close()


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=5, deadline=None)
@given(moments=st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), min_size=50, max_size=50))
def test_the_day_is_that_of_the_zone(engine, zone, moments):
    table = engine.frame(pa.table({"t": pa.array(moments, pa.timestamp("us"))}))
    days = engine.arrow(table.select("t", d=engine.local_time(table.t, zone).date())).to_pylist()
    for row in days:
        assert row["d"] == row["t"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize("zone", [*ZONES, "Europe/Simferopol", "Africa/Casablanca"])
def test_the_clock_is_that_of_the_zone_before_and_after_each_change(engine, zone):
    changes = [moment for moment, _ in transitions(zone)]
    steps = [timedelta(seconds=s) for s in (-86_400, -3_600, -1, 0, 1, 3_600, 86_400)]
    moments = sorted({c + step for c in changes for step in steps if c > datetime(1990, 1, 3)})
    moments.append(datetime(2026, 11, 26, 12))
    table = engine.frame(pa.table({"t": pa.array(moments, pa.timestamp("us"))}))
    clocks = engine.arrow(table.select("t", at=engine.local_time(table.t, zone))).to_pylist()
    for row in clocks:
        assert row["at"] == row["t"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
