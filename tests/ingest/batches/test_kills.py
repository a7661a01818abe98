"""A load killed at any named point, and repeated, ends in the state of one that was never disturbed."""

import os
import random
import shutil
import subprocess
import sys
from functools import cache

import pytest

from holdfast.ingest.quality import batch_rows

from .conftest import ACCOUNTS, EVENTS, Place

HEAD = "id,account,user,at,what,n"
FIRST = [
    "e1,A,u1,2026-01-01T09:00:00Z,login,1", "e2,B,u1,2026-02-01T09:00:00Z,login,1",
    "e2,B,u1,2026-02-01T09:00:00Z,export,1", "w1,Z,u3,2026-02-02T09:00:00Z,login,1",
    *[f"m{i},A,u{i % 5},2026-01-{i + 1:02d}T09:00:00Z,login,1" for i in range(28)],
    "bad,A,u1,never,login,1",
]
SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
folder = Path(sys.argv[1])
from holdfast.state.database import open_state
open_state(folder / ".holdfast")
from holdfast.definitions.load import load
from holdfast.ingest.ingest import ingest
ingest(folder, load(folder), clock=lambda: datetime.fromisoformat(sys.argv[2]), memory="512MB", threads=1)
"""
RECORDS = ("account", "event")
SAMPLE = 3


def prepare(place):
    """One load done, and the exports of a second one that brings rows of every fate and lets a row in that waited."""
    place.source("accounts", ACCOUNTS).source("events", EVENTS)
    for name, text in place.texts.items():
        place.write(name, text)
    accounts = ["A,Acme,2024-01-01,ann@us.example", "B,Beta,2024-02-01,bob@us.example"]
    place.write("accounts.csv", "id,name,since,owner", *accounts)
    place.write("events.csv", HEAD, *FIRST)
    place.ingest()
    place.write("accounts.csv", "id,name,since,owner", accounts[0], "B,Beta Ltd,2024-02-01,eve@us.example",
                "Z,Zeta,2024-03-01,kim@us.example")
    place.write("events-2.csv", HEAD, FIRST[0], "e9,Z,u9,2026-02-03T09:00:00Z,login,1", FIRST[2])
    return place


def second_load(place, **environment):
    moment = place.now.replace(day=20).isoformat()
    command = [sys.executable, "-c", SCRIPT, str(place.folder), moment]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def state(place):
    accounts = [
        tuple(b[k] for k in ("source", "batch_id", "state", "rows_in", "kept", "duplicate", "quarantined", "filtered"))
        for b in batch_rows()
    ]
    waiting = [(r["batch_id"], r["row"], r["reason"]) for r in place.quarantine()]
    texts = sorted(place.query_vault())
    return place.content(*RECORDS), sorted(accounts), sorted(waiting), texts


@cache
def undisturbed(folder):
    place = prepare(Place(folder / "calm"))
    trace = folder / "trace"
    assert second_load(place, HOLDFAST_FAILPOINT_TRACE=str(trace)) == 0
    passes = trace.read_text().split()
    points = [f"{name}:{passes[:n + 1].count(name)}" for n, name in enumerate(passes)]
    return state(place), points


def test_every_write_commit_and_state_change_has_a_point(tmp_path_factory):
    _, points = undisturbed(tmp_path_factory.getbasetemp())
    names = {p.split(":")[0] for p in points}
    assert {
        "ingest.before_stage", "ingest.chunk_staged", "ingest.after_stage", "state.batch.before_note",
        "state.batch.after_note", "ingest.event.before_commit", "ingest.event.after_commit",
        "state.batch.before_finish", "state.batch.after_finish", "ingest.after_batch", "replay.before_stage",
        "replay.after_stage", "state.replay.before_note", "state.replay.after_note", "state.replay.before_finish",
        "state.replay.after_finish",
    } <= names


@pytest.mark.parametrize("number", range(SAMPLE))
def test_killed_and_repeated_equals_undisturbed(tmp_path_factory, make_place, number):
    wanted, points = undisturbed(tmp_path_factory.getbasetemp())
    spread = len(points) / SAMPLE
    point = points[int(number * spread + random.Random(number).random() * spread)]
    killed_and_repeated(make_place(), point, wanted)


def test_staged_files_lost_after_a_kill_are_made_again(tmp_path_factory, make_place):
    wanted, _ = undisturbed(tmp_path_factory.getbasetemp())
    place = prepare(make_place())
    assert second_load(place, HOLDFAST_FAILPOINT="ingest.event.after_commit") == -9
    shutil.rmtree(place.data / "staging")
    place.ingest(days=19)
    assert state(place) == wanted


@pytest.mark.soak
def test_killed_at_every_point(tmp_path_factory, make_place):
    wanted, points = undisturbed(tmp_path_factory.getbasetemp())
    for number, point in enumerate(points):
        killed_and_repeated(make_place(f"kill{number}"), point, wanted)


def killed_and_repeated(place, point, wanted):
    prepare(place)
    assert second_load(place, HOLDFAST_FAILPOINT=point) == -9, point
    place.ingest(days=19)
    assert state(place) == wanted, point
    assert not list((place.data / "staging").rglob("*.parquet")), point
    assert place.account(place.ingest())[1] == 0
