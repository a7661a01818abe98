"""A workspace of exports in a temporary folder, loaded by the real ingest."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from holdfast.definitions.load import load_files
from holdfast.ingest.ingest import ingest
from holdfast.ingest.lake_rows import LakeRows
from holdfast.ingest.quarantine import quarantined_rows
from holdfast.lake import PERSONS, TEXTS, VAULT, Lake, duckdb_engine
from holdfast.records import RECORDS
from holdfast.state import batch_ledger
from holdfast.state.database import close_state, open_state

ACCOUNTS = """
source: accounts
files: accounts*.csv
records:
  - record: account
    columns: {account_id: id, name: name, created_at: since, owner: owner}
"""
EVENTS = """
source: events
files: events*.csv
records:
  - record: event
    columns: {event_id: id, account_id: account, user_id: user, occurred_at: at, name: what, quantity: n}
"""
SETTINGS = "company: Test\ncurrency: EUR\ntime_zone: UTC\n"
SECRET = "ab" * 32
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Place:
    """A workspace: write exports and sources into it, ingest, look at what the lake holds."""

    def __init__(self, folder, settings=SETTINGS):
        self.folder = folder
        self.now = NOW
        self.data = folder / ".holdfast"
        self.data.mkdir(parents=True)
        (self.data / "secret.key").write_text(SECRET)
        self.lake = Lake(self.data / "lake")
        self._loaded = None
        self.texts = {"holdfast.yml": settings}
        open_state(self.data)

    def source(self, name, text):
        self.texts[f"sources/{name}.yml"] = text
        return self

    def write(self, name, *lines):
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return target

    def remove(self, name):
        (self.folder / name).unlink()

    @property
    def definitions(self):
        if self._loaded is None or self._loaded[0] != self.texts:
            self._loaded = (dict(self.texts), load_files(self.texts))
        return self._loaded[1]

    def ingest(self, days=1):
        self.now += timedelta(days=days)
        report = ingest(self.folder, self.definitions, self.lake, clock=lambda: self.now, memory="512MB", threads=2)
        for batch in batch_ledger.every():
            counts = batch.kept + batch.duplicate + batch.quarantined + batch.filtered
            assert batch.rows_in == counts, batch.batch_id
        return report

    def account(self, report, source="events"):
        """(rows in, kept, duplicate, quarantined, filtered) summed over the source's batches."""
        mine = [b.account for b in report.batches if b.source == source]
        names = ("rows_in", "kept", "duplicate", "quarantined", "filtered")
        return tuple(sum(getattr(a, n) for a in mine) for n in names)

    def query(self, query):
        engine = duckdb_engine(threads=1, memory="512MB")
        there = LakeRows(engine.con.con, self.lake)
        try:
            for name in RECORDS:
                engine.sql(f"CREATE VIEW {name}s AS {there.record(name)}")
            return engine.sql(query).fetchall()
        finally:
            engine.close()

    def content(self, *records):
        """The rows of the records without what tells one load from another, in a fixed order."""
        found = {}
        for name in records:
            columns = ", ".join(f'"{c.stored_name}"' for c in RECORDS[name].columns)
            rows = self.query(f"SELECT {columns}, effective_at, deleted, row_hash FROM {name}s")
            found[name] = sorted(rows, key=repr)
        return found

    def query_vault(self):
        """Table, kind and value of everything in the vault."""
        engine = duckdb_engine(threads=1, memory="512MB")
        there = LakeRows(engine.con.con, self.lake)
        try:
            return [
                (table, *row) for table in (PERSONS, TEXTS)
                for row in engine.sql(f'SELECT "column", value FROM ({there.relation(table, VAULT)})').fetchall()
            ]
        finally:
            engine.close()

    def quarantine(self):
        engine = duckdb_engine(threads=1, memory="512MB")
        try:
            return quarantined_rows(engine.con.con, LakeRows(engine.con.con, self.lake), raw=True)
        finally:
            engine.close()

    def reasons(self):
        return sorted((row["source"], row["line"], row["reason"]) for row in self.quarantine())


@pytest.fixture
def make_place(tmp_path):
    made = []

    def make(name="ws", settings=SETTINGS):
        place = Place(tmp_path / name, settings)
        made.append(place)
        return place

    yield make
    close_state()
    for place in made:
        shutil.rmtree(place.folder, ignore_errors=True)


@pytest.fixture
def place(make_place):
    """Two accounts, a source of accounts and one of events."""
    found = make_place()
    found.source("accounts", ACCOUNTS).source("events", EVENTS)
    rows = ("A,Acme,2024-01-01,ann@us.example", "B,Beta,2024-02-01,bob@us.example")
    found.write("accounts.csv", "id,name,since,owner", *rows)
    return found
