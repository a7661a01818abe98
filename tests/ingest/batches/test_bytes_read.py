"""Telling duplicates apart opens the files of the days that arrive, however long the log is."""

from datetime import date, timedelta

from .conftest import ACCOUNTS, EVENTS

LAST = date(2026, 2, 20)


def lines(day, count=5):
    return ["id,account,user,at,what,n", *(f"{day:%m%d}-{n},a,u{n},{day} 0{n}:00:00,login,1" for n in range(count))]


def read_on_the_last_day(place, days):
    """Bytes of events that the ingest of the last day's file reads, after a log of so many days, a file a day."""
    place.source("accounts", ACCOUNTS).source("events", EVENTS)
    place.write("accounts.csv", "id,name,since,owner", "a,A,2020-01-01,")
    for back in range(days, 0, -1):
        day = LAST - timedelta(days=back)
        place.write(f"events_{day}.csv", *lines(day))
    place.write("events_again.csv", *lines(LAST, 2))
    place.ingest()
    place.lake.read.clear()
    place.write("events_new.csv", *lines(LAST))
    report = place.ingest()
    (new,) = [b for b in report.batches if b.file == "events_new.csv"]
    assert (new.account.kept, new.account.duplicate) == (3, 2)
    return place.lake.read["event"]


def test_the_bytes_do_not_grow_with_the_log(make_place):
    short, long = (read_on_the_last_day(make_place(str(days)), days) for days in (2, 30))
    assert short > 0
    assert long <= 1.1 * short
