"""A batch with too many bad rows stays out whole; the last good state stays."""

from holdfast.ingest.quality import batch_rows

HEAD = "id,account,user,at,what,n"
GOOD = [f"e{i},A,u1,2026-02-01T10:00:{i:02d}Z,login,1" for i in range(18)]
BAD = ["b1,A,u1,never,login,1", "b2,A,u1,2026-02-01T10:00:00Z,login,many"]


def test_a_batch_above_the_limit_is_held(place):
    place.write("events.csv", HEAD, *GOOD[:2])
    place.ingest()
    before, versions = place.content("event"), place.lake.versions()
    place.write("events-2.csv", HEAD, *GOOD, *BAD)
    report = place.ingest()
    assert not report.good
    (held,) = report.held
    assert [e["reason"] for e in held.facts["held"]["examples"]] == ["bad_date", "bad_number"]
    assert [e["line"] for e in held.facts["held"]["examples"]] == [20, 21]
    assert (held.account.rows_in, held.account.kept) == (20, 0)
    assert place.content("event") == before
    assert place.lake.versions() == versions
    assert [b["state"] for b in batch_rows()] == ["committed", "committed", "held"]


def test_the_corrected_file_goes_in(place):
    place.write("events.csv", HEAD, *GOOD, *BAD)
    place.ingest()
    place.write("events.csv", HEAD, *GOOD, "b1,A,u1,2026-02-01T10:00:00Z,login,1")
    report = place.ingest()
    assert report.good
    assert place.account(report) == (19, 19, 0, 0, 0)


def test_a_higher_limit_lets_the_batch_in_at_the_next_run(place):
    place.write("events.csv", HEAD, *GOOD, *BAD)
    assert place.ingest().held
    place.source("events", place.texts["sources/events.yml"] + "hold_above: 0.1\n")
    report = place.ingest()
    assert report.good
    assert place.account(report) == (20, 18, 0, 2, 0)


def test_exactly_the_limit_is_not_above_it(place):
    place.write("events.csv", HEAD, *GOOD, GOOD[0].replace("e0", "e18"), BAD[0])
    assert place.ingest().good


def test_one_bad_source_does_not_stop_the_others(place):
    place.write("events.csv", "id,account", "e1,A")
    report = place.ingest()
    assert [r.source for r in report.refused] == ["events"]
    assert "lacks the column" in report.refused[0].words["reason"]
    assert place.query("SELECT count(*) FROM accounts") == [(2,)]
