"""Whatever the export: each row is accounted for, and files split and ordered otherwise give the same records."""

import random
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import ACCOUNTS, EVENTS

HEAD = "id,account,user,at,what,n"
NUMBERS = count()
SETTINGS = settings(
    max_examples=3, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BOTH = """
source: both
files: both*.csv
hold_above: 1
records:
  - record: goal
    where: "goal <> ''"
    columns: {goal_id: goal, account_id: account, objective: what}
  - record: event
    where: "what <> 'skip'"
    columns: {event_id: id, account_id: account, user_id: user, occurred_at: at, name: what, quantity: n}
"""
ROW = st.tuples(
    st.sampled_from(["", "g1", "g2", "g3"]), st.sampled_from(["", "e1", "e2", "e3", "e4"]),
    st.sampled_from(["A", "B", "Z", ""]), st.sampled_from(["u1", "", "'; drop table x; --"]),
    st.sampled_from(["2026-01-01", "2026-01-02T10:00:00Z", "2026-01-02T10:00:00+05:00", "soon", "2030-01-01"]),
    st.sampled_from(["login", "skip", '"a,""b"', "é\u202e"]), st.sampled_from(["1", "", "1.5", "nan", "-0"]),
)


def in_order(place):
    place.source("accounts", ACCOUNTS).source("both", BOTH)
    place.write("accounts.csv", "id,name,since,owner", "A,Acme,2024-01-01,x", "B,Beta,2024-01-01,x")
    return place


@SETTINGS
@given(rows=st.lists(ROW, max_size=25), data=st.data())
def test_every_row_is_accounted_for_and_a_repeat_adds_nothing(make_place, rows, data):
    place = in_order(make_place(f"any{next(NUMBERS)}"))
    lines = [",".join(row) for row in rows]
    place.write("both-1.csv", "goal," + HEAD, *lines)
    half = data.draw(st.lists(st.sampled_from(lines), max_size=8)) if lines else []
    place.write("both-2.csv", "goal," + HEAD, *half)
    report = place.ingest()
    rows_in, kept, duplicate, quarantined, filtered = place.account(report, "both")
    assert rows_in == len(rows) + len(half)
    assert rows_in == kept + duplicate + quarantined + filtered
    assert quarantined == sum(r["source"] == "both" for r in place.quarantine())
    assert kept == place.query(
        "SELECT count(*) FROM (SELECT batch_id, line FROM events UNION SELECT batch_id, line FROM goals)")[0][0]
    twice = "SELECT event_id FROM events GROUP BY event_id, occurred_at::DATE HAVING count(*) > 1"
    assert place.query(f"{twice} UNION SELECT event_id FROM events WHERE event_id IS NULL") == []
    before = place.content("event", "goal")
    shuffled = random.Random(len(rows)).sample(lines, len(lines))
    place.write("both-3.csv", "goal," + HEAD, *shuffled)
    assert place.account(place.ingest(), "both")[1] == 0
    assert place.content("event", "goal") == before


@SETTINGS
@given(order=st.permutations(range(40)), cuts=st.lists(st.integers(0, 40), max_size=4))
def test_splits_and_orders_give_the_same_records(make_place, order, cuts):
    lines = [
        f"{'' if n % 5 == 0 else f'e{n}'},{'ABZ'[n % 3]},u{n % 7},2026-01-{1 + n % 9:02d}T10:00:00Z,login,{n % 4}"
        for n in range(36)
    ] + [f"e{n},B,u0,2026-01-20T10:00:00Z,twice,1" for n in (1, 1, 2, 2)]
    contents = []
    for name, pieces in (("whole", [lines]), ("parts", list(_cut([lines[n] for n in order], sorted({0, *cuts, 40}))))):
        place = make_place(f"{name}{next(NUMBERS)}")
        place.source("accounts", ACCOUNTS).source("events", EVENTS)
        accounts = ["A,Acme,2024-01-01,x", "B,Beta,2024-01-01,x", "Z,Zeta,2024-01-01,x"]
        place.write("accounts.csv", "id,name,since,owner", *(accounts if name == "whole" else accounts[:2]))
        for number, piece in enumerate(pieces):
            place.write(f"events-{number}.csv", HEAD, *piece)
            if number % 2:
                place.ingest()
        place.write("accounts.csv", "id,name,since,owner", *accounts)
        place.ingest()
        place.ingest()
        contents.append(place.content("event", "account"))
        assert place.reasons() == []
    assert contents[0] == contents[1]


def _cut(lines, cuts):
    return (lines[a:b] for a, b in pairwise(cuts))
