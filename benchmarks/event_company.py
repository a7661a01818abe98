"""A workspace of invented events for the benchmarks: many users, a year, names as text, ids of 36 characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

ACCOUNTS, USERS, DAYS = 5_000, 250_000, 365
FIRST = date(2025, 1, 1)
LAST = FIRST + timedelta(days=DAYS - 1)
FEATURES = """core: [feature_0, feature_1, feature_2, feature_3]
expansion: [feature_10, feature_11, feature_12]
advanced: [feature_20, feature_21]
key: [feature_0, feature_1]
login: [event_0]
workflow: [event_1, event_2, event_3]
milestones:
  - {milestone: first_login, name: event_0, due_days: 7}
  - {milestone: first_core, feature: feature_0, due_days: 30}
"""
EVENTS = """files: exports/events_*.{ending}
format: {ending}
known_at: occurred_at
records:
  - record: event
    columns: {{{ids}account_id: account, user_id: user, occurred_at: ts, name: event, feature: feature,
              session_id: session, duration_s: duration, channel: channel}}
"""
ACCOUNT_SOURCE = """files: exports/accounts.csv
records:
  - record: account
    columns: {account_id: id, name: name}
"""


@dataclass(frozen=True)
class EventCompany:
    """``events`` over the year in ``files``, so many a user and active day; ``ids``: with a random 32-hex event id."""

    events: int
    per_user_day: float = 20.0
    files: int = 12
    ids: bool = True
    ending: str = "parquet"

    def write(self, folder: Path, memory: str = "1400MB") -> None:
        """The workspace with its exports, in files of equal time spans."""
        for name, text in {
            "holdfast.yml": "company: Bench\ncurrency: EUR\ntime_zone: UTC\n"
                            f"engine: {{threads: 2, memory: {memory}}}\nscorecards: [balanced, risk]\n"
                            "scored: {when: 'true', reason: all}\n",
            "features.yml": FEATURES,
            "sources/accounts.yml": ACCOUNT_SOURCE,
            "sources/events.yml": EVENTS.format(ending=self.ending, ids="event_id: id, " if self.ids else ""),
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "exports").mkdir()
        with self._engine(folder) as con:
            con.execute(f"COPY (SELECT id, 'Account ' || n AS name FROM accounts) TO '{folder}/exports/accounts.csv'")
            span = -(-self.events // self.files)
            for number in range(self.files):
                first, last = number * span, min((number + 1) * span, self.events)
                day = f"n * {DAYS} // {self.events}"
                ts = f"TIMESTAMP '{FIRST}' + to_milliseconds((n * {DAYS * 86_400_000} // {self.events})::BIGINT)"
                self._file(con, folder, f"events_{number:03d}", first, last, day, ts)

    def new_day(self, folder: Path, events: int, days: int = 1) -> None:
        """The file of so many events of the day after the year, or of that many days after it."""
        day = LAST + timedelta(days=days)
        first = self.events + days * 1_000_000
        ts = f"TIMESTAMP '{day}' + to_milliseconds(((n - {first}) * 86399000 // {events})::BIGINT)"
        with self._engine(folder) as con:
            self._file(con, folder, f"events_new_{days:03d}", first, first + events, str(DAYS + days), ts)

    def _engine(self, folder: Path) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(folder / "spill")})
        for name, count in (("accounts", ACCOUNTS), ("users", USERS)):
            con.execute(f"CREATE TABLE {name} AS SELECT n, md5('{name}' || n)::UUID::VARCHAR AS id "
                        f"FROM range({count}) t(n)")
        return con

    def _file(
        self, con: duckdb.DuckDBPyConnection, folder: Path, name: str, first: int, last: int, day: str, ts: str
    ) -> None:
        id_ = "md5(e.n::VARCHAR) AS id, " if self.ids else ""
        con.execute(
            f"COPY (SELECT {id_}a.id AS account, w.id AS \"user\", ts, "
            "'event_' || (h % 12) AS event, 'feature_' || (40 * ((h >> 8) % 1000 / 1000.0) ** 2)::INT AS feature, "
            "left(md5((u * 400 + d)::VARCHAR), 12) AS session, ((h >> 20) % 600)::INT AS duration, "
            "CASE WHEN u % 33 = 0 THEN 'api' ELSE 'person' END AS channel FROM ("
            f"SELECT n, d, ts, hash(n) AS h, (hash(floor(n / {self.per_user_day})::BIGINT, d) % {USERS})::BIGINT AS u "
            f"FROM (SELECT n, {day} AS d, {ts} AS ts FROM range({first}, {last}) t(n))) e "
            f"JOIN accounts a ON a.n = e.u % {ACCOUNTS} JOIN users w ON w.n = e.u ORDER BY ts, h) "
            f"TO '{folder}/exports/{name}.{self.ending}' (FORMAT {self.ending})"
        )
