"""No byte of a personal value stands in the lake outside the tables persons and texts, nor in staging."""

import os
from pathlib import Path

from holdfast.lake import PERSONS, TEXTS

CONTACTS = """
source: contacts
files: contacts.csv
personal: [shoe]
hold_above: 0.9
records:
  - record: contact
    columns: {contact_id: id, account_id: account, user_id: user, name: name, email: mail, title: title, since: since}
"""
TICKETS = """
source: tickets
files: tickets.csv
records:
  - record: ticket
    columns: {ticket_id: id, account_id: account, contact_id: who, opened_at: at, subject: subject, text: text}
"""
CANARIES = [
    "canary-contact", "canary-user", "Canary Name", "canary@mail.example", "canary title", "canary shoe",
    "canary subject", "canary words", "canary-owner", "canary raw", "canary-waiting", "canary-twice", "canary-event",
]


def fill(place):
    place.source("contacts", CONTACTS).source("tickets", TICKETS)
    place.write("accounts.csv", "id,name,since,owner", "A,Acme,2024-01-01,canary-owner@us.example")
    place.write(
        "contacts.csv", "id,account,user,name,mail,title,since,shoe",
        "canary-contact,A,canary-user,Canary Name,canary@mail.example,canary title,2024-01-01,canary shoe",
        "c2,A,u2,canary raw,x@y.example,boss,never,44",
        "c3,Z,u3,canary-waiting,z@y.example,boss,2024-01-01,44",
        "c4,A,u4,canary-twice,a@y.example,boss,2024-01-01,44",
        "c4,A,u4,canary-twice,b@y.example,boss,2024-01-01,44",
    )
    place.write("tickets.csv", "id,account,who,at,subject,text",
                "t1,A,canary-contact,2026-01-01,canary subject,canary words in a text")
    place.write("events.csv", "id,account,user,at,what,n", "e1,A,canary-event,2026-02-01T09:00:00Z,login,1")


def bytes_outside(folder, *vaults):
    parts = []
    for path in sorted(folder.rglob("*")):
        parts.append(str(path.relative_to(folder)).encode())
        if path.is_file() and not {*vaults} & {*path.relative_to(folder).parts}:
            parts.append(path.read_bytes())
    return b"\n".join(parts)


def test_canaries_stand_in_the_vault_only(place, monkeypatch):
    fill(place)
    kept = []
    import holdfast.ingest.batch_files as files

    copy = files.BatchFiles._copy

    def uncompressed(self, query, target, schema):
        rows = copy(self, query, target, schema)
        self.con.execute(f"COPY (SELECT * FROM '{target}') TO '{target}.plain' (FORMAT csv)")
        kept.append((target.name, Path(f"{target}.plain").read_bytes()))
        os.unlink(f"{target}.plain")
        return rows

    monkeypatch.setattr(files.BatchFiles, "_copy", uncompressed)
    report = place.ingest()
    assert report.good
    assert place.account(report, "contacts") == (5, 2, 0, 3, 0)
    outside = b"".join(content for name, content in kept if name not in (f"{PERSONS}.parquet", f"{TEXTS}.parquet"))
    inside = b"".join(content for name, content in kept if name in (f"{PERSONS}.parquet", f"{TEXTS}.parquet"))
    for canary in CANARIES:
        assert canary.encode() in inside, canary
        assert canary.encode() not in outside, canary
    raw = bytes_outside(place.lake.folder, PERSONS, TEXTS)
    assert not [c for c in CANARIES if c.encode() in raw]
    state = (place.data / "state.sqlite3").read_bytes() + (place.data / "state.sqlite3-wal").read_bytes()
    assert not [c for c in CANARIES if c.encode() in state]
    assert not list((place.data).glob("staging*/**/*"))


def test_one_person_has_one_key_in_every_record(place):
    fill(place)
    place.ingest()
    assert place.query("SELECT count(*) FROM tickets t JOIN contacts c ON t.contact_key = c.contact_key") == [(1,)]


def test_keys_differ_between_workspaces(make_place):
    from .conftest import ACCOUNTS, EVENTS

    keys = set()
    for name in ("one", "two"):
        place = make_place(name).source("accounts", ACCOUNTS).source("events", EVENTS)
        (place.data / "secret.key").unlink()
        fill(place)
        place.ingest()
        keys |= set(place.query("SELECT user_key FROM events"))
    assert len(keys) == 2
