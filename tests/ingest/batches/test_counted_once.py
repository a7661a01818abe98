"""The same rows add nothing, in whatever file or order they come again."""

from holdfast.ingest import contents

HEAD = "id,account,user,at,what,n"
ROWS = [
    "e1,A,u1,2026-02-01T10:00:00Z,login,1",
    "e2,A,u1,2026-02-01T11:00:00Z,export,2",
    "e3,B,u2,2026-01-15T10:00:00Z,login,1",
    ",B,u2,2026-01-16T10:00:00Z,ping,1",
    ",B,u2,2026-01-16T10:00:00Z,ping,1",
]


def test_the_same_file_again_is_seen(place):
    place.write("events.csv", HEAD, *ROWS)
    assert place.account(place.ingest()) == (5, 5, 0, 0, 0)
    before = place.content("event", "account")
    versions = place.lake.versions()
    again = place.ingest()
    assert {b.state for b in again.batches} == {"seen"}
    assert place.account(again) == (5, 0, 5, 0, 0)
    assert place.content("event", "account") == before
    assert place.lake.versions() == versions


def test_a_file_that_nobody_touched_is_seen_without_reading_it(place, monkeypatch):
    monkeypatch.setattr(contents, "SETTLED_NS", -1)
    place.write("events.csv", HEAD, *ROWS)
    place.ingest()
    read = []
    monkeypatch.setattr(contents, "content_of", lambda path: read.append(path) or "unknown")
    assert {b.state for b in place.ingest().batches} == {"seen"}
    assert not read


def test_the_same_content_under_another_name_is_seen(place):
    place.write("events.csv", HEAD, *ROWS)
    place.ingest()
    place.write("events-copy.csv", HEAD, *ROWS)
    assert place.account(place.ingest()) == (10, 0, 10, 0, 0)


def test_the_same_rows_in_another_order_add_nothing(place):
    place.write("events.csv", HEAD, *ROWS)
    place.ingest()
    before = place.content("event")
    place.write("events.csv", HEAD, *ROWS[::-1])
    assert place.account(place.ingest()) == (5, 0, 5, 0, 0)
    place.write("events-part.csv", HEAD, *ROWS[2:])
    assert place.account(place.ingest())[1] == 0
    assert place.content("event") == before


def test_rows_without_id_count_as_often_as_one_file_has_them(place):
    place.write("events.csv", HEAD, ROWS[3], ROWS[3])
    place.ingest()
    place.write("events-2.csv", HEAD, ROWS[3], ROWS[3], ROWS[3])
    assert place.account(place.ingest())[1:3] == (1, 4)
    assert place.query("SELECT count(*), count(DISTINCT event_id) FROM events") == [(3, 3)]


def test_empty_and_header_only_files_are_good(place):
    place.write("events.csv", HEAD)
    report = place.ingest()
    assert report.good
    assert place.account(report) == (0, 0, 0, 0, 0)


def test_late_and_shuffled_rows_land_in_their_time(place):
    place.write("events.csv", HEAD, ROWS[1], ROWS[0], ROWS[1], "late,A,u1,2024-02-29T23:59:59Z,login,1")
    place.write("events-2.csv", HEAD, "ahead,A,u1,2026-03-05T00:00:00Z,login,1", *ROWS * 4)
    report = place.ingest()
    assert place.account(report) == (25, 12, 12, 1, 0)
    days = place.query(
        "SELECT strftime(occurred_at, '%Y-%m-%d'), event_id FROM events WHERE name <> 'ping' ORDER BY 1, 2"
    )
    assert days == [("2024-02-29", "late"), ("2026-01-15", "e3"), ("2026-02-01", "e1"), ("2026-02-01", "e2")]
    assert [r[2] for r in place.reasons()] == ["future"]


def test_a_file_that_grows_gives_its_new_rows_only(place):
    place.write("events.csv", HEAD, *ROWS[:2])
    place.ingest()
    place.write("events.csv", HEAD, *ROWS)
    assert place.account(place.ingest()) == (5, 3, 2, 0, 0)


def test_the_same_id_on_another_day_is_another_event(place):
    place.write("events.csv", HEAD, ROWS[0], "e1,A,u1,2026-02-02T10:00:00Z,login,1")
    assert place.account(place.ingest()) == (2, 2, 0, 0, 0)
