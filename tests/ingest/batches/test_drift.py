"""A header that changes is reported; one that stays as it is, with columns nobody maps, is not."""

HEAD = "id,account,user,at,what,n"
ROW = "e{},A,u1,2026-02-01T09:00:00Z,login,1"


def test_columns_that_come_and_go_are_named(place):
    place.write("events.csv", HEAD + ",colour", ROW.format(1) + ",red")
    assert place.ingest().drift == ()
    place.write("events-2.csv", "account,id,user,at,what,shape", "A,e2,u1,2026-02-01T09:00:00Z,login,round")
    (found,) = place.ingest().drift
    assert (found["source"], found["missing"], found["extra"]) == ("events", ["colour", "n"], ["shape"])
    assert place.query("SELECT count(*) FROM events") == [(2,)]


def test_another_order_of_columns_is_no_drift(place):
    place.write("events.csv", HEAD, ROW.format(1))
    place.ingest()
    place.write("events-2.csv", "n,what,at,user,account,id", "1,login,2026-02-01T09:00:00Z,u1,A,e1")
    report = place.ingest()
    assert report.drift == ()
    assert place.account(report)[1] == 0
