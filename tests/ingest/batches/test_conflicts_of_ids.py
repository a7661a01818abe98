"""One id with two bodies: one row is kept, by a rule that no order changes; the other is set aside."""

HEAD = "id,account,user,at,what,n"
EARLY = "x,A,u1,2026-02-01T09:00:00Z,login,1"
LATE = "x,A,u1,2026-02-01T10:00:00Z,login,1"
OTHER = "x,A,u1,2026-02-01T09:00:00Z,export,1"


def kept(place):
    return place.query("SELECT strftime(occurred_at, '%H'), name FROM events")


def test_within_a_batch_the_earliest_is_kept(place):
    place.write("events.csv", HEAD, LATE, EARLY, EARLY)
    report = place.ingest()
    assert place.account(report) == (3, 1, 1, 1, 0)
    assert kept(place) == [("09", "login")]
    assert place.reasons() == [("events", 2, "id_conflict")]
    assert report.good


def test_the_earliest_is_kept_whatever_its_content(place):
    rows = [row.replace("x,A,u1", f"x{n},A,u{n}") for n in range(8) for row in (LATE, EARLY)]
    place.write("events.csv", HEAD, *rows)
    assert place.account(place.ingest()) == (16, 8, 0, 8, 0)
    assert set(kept(place)) == {("09", "login")}


def test_equal_times_are_decided_by_content_whatever_the_order(make_place):
    kept_rows = []
    for name, rows in (("one", (EARLY, OTHER)), ("two", (OTHER, EARLY))):
        from .conftest import ACCOUNTS, EVENTS

        place = make_place(name).source("accounts", ACCOUNTS).source("events", EVENTS)
        (place.data / "secret.key").write_text("cd" * 32 if name == "one" else "ef" * 32)
        place.write("accounts.csv", "id,name,since,owner", "A,Acme,2024-01-01,x")
        place.write("events.csv", HEAD, *rows)
        assert place.account(place.ingest()) == (2, 1, 0, 1, 0)
        kept_rows.append(kept(place))
    assert kept_rows[0] == kept_rows[1]


def test_across_batches_the_earlier_batch_is_kept(place):
    place.write("events.csv", HEAD, LATE)
    place.ingest()
    place.write("events-2.csv", HEAD, EARLY, LATE)
    assert place.account(place.ingest()) == (3, 0, 2, 1, 0)
    assert kept(place) == [("10", "login")]


def test_conflicts_do_not_count_to_the_hold_limit(place):
    place.write("events.csv", HEAD, *[EARLY.replace("login", f"n{i}") for i in range(10)])
    report = place.ingest()
    assert report.good
    assert place.account(report) == (10, 1, 0, 9, 0)


def test_versions_of_one_key_in_one_file_conflict(place):
    place.write("accounts-2.csv", "id,name,since,owner", "C,Later,2024-03-02,x", "C,Sooner,2024-03-01,x")
    place.ingest()
    assert place.query("SELECT name FROM accounts WHERE account_id = 'C'") == [("Sooner",)]
    assert place.reasons() == [("accounts", 2, "id_conflict")]


def test_a_bad_record_takes_the_other_records_of_its_row_with_it(place):
    """Row 2 wins the key of row 3, but is itself set aside for its event; then row 3 is the only one."""
    place.source("both", """
source: both
files: both.csv
records:
  - record: goal
    columns: {goal_id: goal, account_id: account, objective: what}
  - record: event
    columns: {event_id: id, account_id: account, user_id: user, occurred_at: at, name: what}
""")
    rows = ["g1,A,e1,u,2026-02-01T09:00:00Z,same", "g1,A,e2,u,2026-02-01T09:00:00Z,same",
            "g2,A,e1,u,2026-02-01T08:00:00Z,same"]
    place.write("both.csv", "goal,account,id,user,at,what", *rows)
    report = place.ingest()
    assert place.account(report, "both") == (3, 2, 0, 1, 0)
    assert place.query("SELECT goal_id, line FROM goals ORDER BY 1") == [("g1", 3), ("g2", 4)]
    assert place.reasons() == [("both", 2, "id_conflict")]


def test_what_a_bad_row_had_decided_is_decided_again_without_it(place):
    """Row 2 has the event of row 3, but loses its goal to row 4; the event is then that of row 3."""
    place.source("both", """
source: both
files: both.csv
records:
  - record: goal
    columns: {goal_id: goal, account_id: account, objective: what, set_on: day}
  - record: event
    columns: {event_id: id, account_id: account, occurred_at: at, name: what}
""")
    rows = ["g1,A,e1,2026-01-02,2026-02-01T09:00:00Z,x", "g2,A,e1,2026-01-01,2026-02-01T09:00:00Z,x",
            "g1,A,e2,2026-01-01,2026-02-01T09:00:00Z,y"]
    place.write("both.csv", "goal,account,id,day,at,what", *rows)
    assert place.account(place.ingest(), "both") == (3, 2, 0, 1, 0)
    assert place.query("SELECT event_id, line FROM events ORDER BY 1") == [("e1", 3), ("e2", 4)]
    assert place.reasons() == [("both", 2, "id_conflict")]
