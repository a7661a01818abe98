"""The product's event log: Parquet by month for the past, gzip CSV by month since the log moved house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from . import names
from .actions import ACTIONS, FEATURES, LOGIN, NAMES, SLOTS, action_table
from .bad_rows import BadRow, places
from .chance import Array, second_of_day, stream
from .files import Folder, gzip_writer
from .people import Users
from .rhythm import activity, weekly_noise
from .timeline import Days, day
from .world import ONPREM_UNTIL_BEFORE_LAST, World

BLOCK_CELLS = 3_000_000
"""user-days worked on at once; bounds the memory"""
COLUMNS = (
    "event_id",
    "ts",
    "account",
    "user",
    "event",
    "feature",
    "session",
    "count",
    "duration",
    "error",
    "channel",
    "device",
)
DEVICES = np.array(["web", "ios", "android", "desktop"], dtype=object)


@dataclass(frozen=True)
class Volume:
    """How many users there are against the seats, and how many actions a user takes on an active day."""

    crowd: float
    actions: float


@dataclass
class Traffic:
    """What was really written, kept for the truth file."""

    rows: int
    active: Array
    """accounts x weeks: active user-days"""
    recent: Array
    """events of each user in the last 90 days"""


@dataclass(frozen=True)
class Batch:
    """Events of one block and month, not yet as text."""

    user: Array
    account: Array
    second: Days
    action: Array
    session: Array


def volume(accounts: int, months: int, events: int | None) -> Volume:
    """Events wanted -> first up to 20 actions an active user and day, then more users.

    >>> volume(400, 18, 2_000_000).crowd
    1.0
    """
    wanted = events if events is not None else 2_000_000 * accounts * months / (400 * 18)
    user_days = accounts * months * USER_DAYS
    if wanted < 2 * user_days:
        return Volume(max(wanted / (2 * user_days), 0.02), 2.0)
    return Volume(max(1.0, wanted / (20 * user_days)), min(20.0, wanted / user_days))


USER_DAYS = 43.0
"""active user-days an account and month, measured on the default company"""


def write_events(world: World, users: Users, size: Volume, folder: Folder, csv_months: int) -> Traffic:
    """Write the log month by month, and the on-premises uploads beside it."""
    state = Traffic(
        0, np.zeros((world.count, world.time.weeks), dtype=np.int64), np.zeros(len(users.account), dtype=np.int64)
    )
    text = _Texts(world, users)
    noise = weekly_noise(world)
    tables = (action_table(world, later=False), action_table(world, later=True))
    months = len(world.time.months)
    uploads: list[str] = []
    for month in range(months):
        batches = (_count(world, users, state, b) for b in _month(world, users, size, noise, tables, month))
        name = f"exports/product/events_{world.time.month_name(month)}"
        if month >= months - csv_months:
            _write_csv(world, text, batches, folder, f"{name}.csv.gz", month, month == months - 1, uploads)
        else:
            _write_parquet(world, text, batches, folder, f"{name}.parquet", month, uploads)
    folder.lines("exports/onprem/usage_upload.csv", "site;user;day;action;feature;times", uploads)
    state.rows += len(uploads)
    return state


def _month(
    world: World, users: Users, size: Volume, noise: Array, tables: tuple[Array, Array], month: int
) -> Iterator[Batch]:
    first, last = world.time.months[month]
    days = np.arange(first, last + 1)
    step = max(1, int(BLOCK_CELLS / len(days) * world.count / max(len(users.account), 1) / max(size.actions / 4, 1)))
    for block, begin in enumerate(range(0, world.count, step)):
        who = np.arange(begin, min(begin + step, world.count))
        who = who[world.feed[who] < 2]
        if len(who):
            rng = stream(world.seed, "events", month, block)
            yield _block(rng, world, users, size.actions, activity(world, noise, who, days), who, days, tables)


def _block(
    rng: np.random.Generator,
    world: World,
    users: Users,
    actions: float,
    factor: Array,
    who: Days,
    days: Days,
    tables: tuple[Array, Array],
) -> Batch:
    members = np.concatenate([np.arange(users.start[a], users.start[a + 1]) for a in who])
    place = np.repeat(np.arange(len(who)), users.start[who + 1] - users.start[who])
    likely = np.minimum(users.chance[members][:, None] * factor[place], 0.97)
    likely *= (days >= users.since[members][:, None]) & (days < users.until[members][:, None])
    at, on = np.nonzero(rng.random(likely.shape, dtype=np.float32) < likely)
    mean = np.maximum(actions * users.keen[members[at]] - 1.0, 0.1)
    times = 1 + rng.poisson(mean * rng.gamma(2.0, 0.5, len(at)))
    spell = np.repeat(np.arange(len(at)), times)
    user, when = members[at][spell], days[on][spell]
    account = users.account[user]
    start = second_of_day(rng, len(at)) + 36_000 * users.work_in_evening[members[at]] // 4
    opening = np.concatenate([[True], spell[1:] != spell[:-1]]) if len(spell) else np.zeros(0, dtype=bool)
    local = np.minimum(start[spell] + np.where(opening, 0, rng.integers(20, 9000, len(spell))), 86_399)
    slot = rng.integers(SLOTS, size=len(spell))
    later = when >= world.plot.onset[account]
    action = np.where(later, tables[1][account, slot], tables[0][account, slot]).astype(np.int8)
    action[opening] = LOGIN
    second = when * 86_400 + local - (_offset(world.country[account], when) * 3600).astype(np.int64)
    order = np.argsort(second, kind="stable")
    return Batch(user[order], account[order], second[order], action[order], spell[order])


def _offset(country: Array, days: Days) -> Array:
    """Hours from UTC; summer time from April to October."""
    hours = np.array([c[3] for c in names.COUNTRIES], dtype=float)[country]
    summer = np.array([c[4] for c in names.COUNTRIES])[country]
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    return hours + (summer & (month >= 3) & (month <= 9))


def _count(world: World, users: Users, state: Traffic, batch: Batch) -> Batch:
    week = (batch.second // 86_400 - world.time.first_monday) // 7
    login = batch.action == LOGIN
    keep = login & (week >= 0) & (week < world.time.weeks)
    np.add.at(state.active, (batch.account[keep], week[keep]), 1)
    late = batch.second >= (world.time.last - 89) * 86_400
    state.recent += np.bincount(batch.user[late], minlength=len(state.recent))
    state.rows += int(np.sum(world.feed[batch.account] == 0))
    return batch


class _Texts:
    """The dictionaries behind the text columns."""

    def __init__(self, world: World, users: Users) -> None:
        self.start = users.start
        self.account = pa.array(world.account_id, pa.string())
        self.user = pa.array(users.user_id, pa.string())
        self.name = pa.array(NAMES, pa.string())
        self.feature = pa.array(FEATURES, pa.string())
        self.device = pa.array(DEVICES, pa.string())
        self.phone = stream(world.seed, "devices").choice(4, len(users.account), p=[0.78, 0.09, 0.06, 0.07])


def _table(world: World, text: _Texts, batch: Batch, month: int, offset: int) -> pa.Table:
    """The rows of the accounts whose use reaches the log."""
    keep = world.feed[batch.account] == 0
    user, second, action = batch.user[keep], batch.second[keep], batch.action[keep]
    size = len(user)
    rng = stream(world.seed, "event details", month, offset)
    number = (month + 1) * 10**10 + offset + np.arange(size)
    code = pa.array(action)
    spent = pa.array(rng.integers(2, 400, size), mask=rng.random(size) < 0.45)
    failed = pa.array(np.ones(size, dtype=np.int64), mask=rng.random(size) >= 0.008)
    robot = rng.random(size) < np.where(action == 9, 0.5, 0.0)
    columns: dict[str, Any] = {
        "event_id": pa.array(number).cast(pa.string()),
        "ts": pa.array(second).cast(pa.timestamp("s", "UTC")),
        "account": text.account.take(pa.array(batch.account[keep])),
        "user": text.user.take(pa.array(user)),
        "event": text.name.take(code),
        "feature": text.feature.take(code),
        "session": pa.array((number // 10**10) * 10**10 + batch.session[keep] + offset).cast(pa.string()),
        "count": pa.array(rng.integers(2, 9, size), mask=(action > 1) | (rng.random(size) < 0.9)),
        "duration": spent,
        "error": failed,
        "channel": pa.array(["person", "automation"]).take(pa.array(robot.astype(np.int8))),
        "device": text.device.take(pa.array(text.phone[user])),
    }
    return pa.table(columns)


def _write_parquet(
    world: World, text: _Texts, batches: Iterator[Batch], folder: Folder, name: str, month: int, uploads: list[str]
) -> None:
    offset, writer = 0, None
    for batch in batches:
        table = _table(world, text, batch, month, offset)
        uploads.extend(_upload(world, text, batch))
        writer = writer or pq.ParquetWriter(folder.path(name), table.schema, compression="zstd")
        writer.write_table(table)
        offset += len(table)
    if writer is not None:
        writer.close()
    folder.rows[name] = offset


def _write_csv(
    world: World,
    text: _Texts,
    batches: Iterator[Batch],
    folder: Folder,
    name: str,
    month: int,
    newest: bool,
    uploads: list[str],
) -> None:
    offset, line = 0, 2
    with folder.path(name).open("wb") as raw, gzip_writer(raw) as out:
        out.write((",".join(COLUMNS) + "\n").encode())
        for batch in batches:
            table = _table(world, text, batch, month, offset)
            uploads.extend(_upload(world, text, batch))
            spots, _ = places(_bad_events(world, table) if newest and offset == 0 else [], len(table))
            begin = 0
            for row, bad in [*spots.items(), (len(table), None)]:
                pacsv.write_csv(table.slice(begin, row - begin), out, _AS_TEXT)
                line += row - begin
                begin = row
                if bad:
                    folder.ledger.note(name, line, bad)
                    out.write(bad.data + b"\n")
                    line += 1
            offset += len(table)
    folder.rows[name] = line - 2


_AS_TEXT = pacsv.WriteOptions(include_header=False, quoting_style="needed")


def _bad_events(world: World, table: pa.Table) -> list[BadRow]:
    """Rows as broken clients send them, made from real ones."""
    if len(table) < 40:
        return []
    real = table.slice(20, 12).to_pylist()

    def row(index: int, **change: str) -> bytes:
        values = {k: ("" if v is None else str(v)) for k, v in real[index].items()}
        values["ts"] = values["ts"].replace("+00:00", "Z")
        values["event_id"] = f"9{values['event_id']}"
        return ",".join((values | change).values()).encode()

    same = {"event_id": str(real[0]["event_id"])}
    stamp = str(real[0]["ts"]).replace("+00:00", "Z")
    second = str(real[0]["ts"] + timedelta(seconds=1)).replace("+00:00", "Z")
    return [
        BadRow("impossible date", "quarantined", "bad_date", "occurred_at", row(1, ts="2026-02-30 10:15:00Z")),
        BadRow("duplicated row", "duplicate", "", "", row(0, **same, ts=stamp)),
        BadRow(
            "same id, other body",
            "quarantined",
            "id_conflict",
            "event_id",
            row(0, **same, ts=second, event="login", feature="sign_in", device="kiosk"),
        ),
        BadRow("future event", "quarantined", "future", "occurred_at", row(2, ts="2098-05-01 08:00:00Z")),
        BadRow("unknown enum value", "quarantined", "not_in_list", "channel", row(3, channel="telepathy")),
        BadRow("bad number", "quarantined", "bad_number", "duration_s", row(4, duration="12s")),
        BadRow("not finite", "quarantined", "not_finite", "duration_s", row(5, duration="NaN")),
        BadRow("ambiguous date", "quarantined", "ambiguous_date", "occurred_at", row(6, ts="03/04/2026 10:15")),
        BadRow("missing required", "quarantined", "missing_required", "account_id", row(7, account="")),
        BadRow("wrong column count", "quarantined", "bad_row", "", row(8) + b",left,over"),
        BadRow("unknown account", "quarantined", "unresolved", "account_id", row(9, account="990001")),
        BadRow("NUL byte", "kept", "", "feature", row(10, feature="candidate\x00inbox")),
        BadRow(
            "broken encoding",
            "quarantined",
            "bad_encoding",
            "",
            row(11).replace(b"web", b"we\xff\xfe") if b"web" in row(11) else row(11, device="k") + b"\xff\xfe",
        ),
    ]


def _upload(world: World, text: _Texts, batch: Batch) -> list[str]:
    """On-premises sites send one line a user, day and action, until the uploads stop."""
    last = (world.time.last - ONPREM_UNTIL_BEFORE_LAST + 1) * 86_400
    keep = (world.feed[batch.account] == 1) & (batch.second < last)
    if not keep.any():
        return []
    days = batch.second[keep] // 86_400
    code = (batch.user[keep] * 40_000 + days) * (len(ACTIONS) + 1) + batch.action[keep]
    unique, times = np.unique(code, return_counts=True)
    action, rest = unique % (len(ACTIONS) + 1), unique // (len(ACTIONS) + 1)
    user, on = rest // 40_000, rest % 40_000
    owner = np.searchsorted(text.start, user, side="right") - 1
    return [
        f"{world.account_id[o]};u{u + 100001};{day(d):%d.%m.%Y};{NAMES[a]};{FEATURES[a]};{t}"
        for o, u, d, a, t in zip(owner, user, on, action, times, strict=True)
    ]
