"""A large file with bad rows of twelve kinds: every one is found with its line, and memory stays flat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1_000_000
MOST_MEMORY_MB = 500

PEAK = r'''
import resource
from pathlib import Path

def peak():
    """The most memory this program had, in KB; what its parent had before the start does not count."""
    try:
        return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
'''
CHILD = PEAK + r"""
import json, sys
from datetime import datetime, UTC
from holdfast.definitions.source import ColumnMap, RecordMap, Source
from holdfast.ingest.map_context import MapContext
from holdfast.ingest.mapping import map_source_file

path, size = Path(sys.argv[1]), int(sys.argv[2])
BAD = {
    "bad_row": (b"E{i},A1,2026-01-02 03:04:05,1", b"E{i},A1,2026-01-02 03:04:05,1,person,1,more"),
    "unterminated_quote": (b'E{i},"A1,2026-01-02 03:04:05,1,person,1',),
    "bad_encoding": (b"E{i},A\xff,2026-01-02 03:04:05,1,person,1",),
    "bad_number": (b"E{i},A1,2026-01-02 03:04:05,1k,person,1",),
    "not_finite": (b"E{i},A1,2026-01-02 03:04:05,1e400,person,1",),
    "out_of_range": (b"E{i},A1,2026-01-02 03:04:05,1e22,person,1",),
    "bad_date": (b"E{i},A1,2026-02-30 03:04:05,1,person,1",),
    "ambiguous_date": (b"E{i},A1,01/02/2026,1,person,1",),
    "future": (b"E{i},A1,2099-01-02 03:04:05,1,person,1",),
    "not_in_list": (b"E{i},A1,2026-01-02 03:04:05,1,martian,1",),
    "missing_required": (b"E{i},,2026-01-02 03:04:05,1,person,1",),
    "too_long": (b"E{i},A1,2026-01-02 03:04:05,1,person," + b"x" * 1_000_100,),
}
kinds = [(reason, row) for reason, rows in BAD.items() for row in rows]
expected, line, written, i = {}, 1, 0, 0
with path.open("wb") as out:
    out.write(b"event_id,account,at,n,channel,session\n")
    while written < size:
        lines = []
        for _ in range(1_000):
            i += 1
            line += 1
            if i % 1_000 == 500:
                reason, row = kinds[(i // 1_000) % len(kinds)]
                if reason == "too_long" and (i // 1_000) % (10 * len(kinds)) > len(kinds):
                    reason, row = kinds[0]
                expected[line] = reason
                lines.append(row.replace(b"{i}", str(i).encode()))
            elif i % 100 == 7:
                day = f"2026-0{i % 9 + 1}-11 0{i % 9}:04:05"
                lines.append(f'E{i},"A, {i % 900}",{day},{i % 7},person,"two\nlines"'.encode())
                line += 1
            else:
                lines.append(f"E{i},A{i % 900},2026-0{i % 9 + 1}-11 0{i % 9}:04:05,{i % 7},person,s{i % 5000}".encode())
        data = b"\n".join(lines) + b"\n"
        written += out.write(data)

column = lambda name: ColumnMap(column=name)
source = Source(source="events", records=(RecordMap(record="event", columns={
    "event_id": column("event_id"), "account_id": column("account"), "occurred_at": column("at"),
    "quantity": column("n"), "channel": column("channel"), "session_id": column("session")}),))
found, rows_in, kept, without_place = {}, 0, 0, 0
for chunk in map_source_file(source, path, MapContext(now=datetime(2026, 11, 20, tzinfo=UTC))):
    rows_in += chunk.rows_in
    kept += chunk.records[0].num_rows
    for reject in chunk.rejects.to_pylist():
        found[reject["line"]] = reject["reason"]
        in_row = reject["reason"] in ("bad_row", "unterminated_quote", "bad_encoding", "too_long")
        without_place += not reject["raw"] or bool(reject["column"]) == in_row
print(json.dumps({
    "written": i, "rows_in": rows_in, "kept": kept, "same": found == expected, "kinds": len(set(found.values())),
    "rejects": len(found), "without_place": without_place,
    "memory": peak() / 1024,
}))
"""


def run(folder: Path, size: int) -> None:
    command = [sys.executable, "-c", CHILD, str(folder / "bulk.csv"), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["same"], found
    assert found["kinds"] == 12
    assert found["rows_in"] == found["written"] == found["kept"] + found["rejects"]
    assert found["without_place"] == 0
    assert found["memory"] <= MOST_MEMORY_MB


def test_b1_fifty_megabytes(tmp_path):
    run(tmp_path, 50 * MEGABYTE)


ONE_FIELD = PEAK + r'''
import sys
from holdfast.definitions.source import ColumnMap, RecordMap, Source
from holdfast.ingest.map_context import MapContext
from holdfast.ingest.mapping import map_source_file

path = Path(sys.argv[1])
with path.open("wb") as out:
    out.write(b"id,name\n1,Ann\n2," + b"x" * 10_000_000 + b"\n3,\"")
    for _ in range(100):
        out.write(b"y\n" * 1_000 + b"y" * 998_000)
    out.write(b"\"\n4,Di\n")
column = lambda name: ColumnMap(column=name)
maps = (RecordMap(record="account", columns={"account_id": column("id"), "name": column("name")}),)
kept, long = [], []
for chunk in map_source_file(Source(source="s", records=maps), path, MapContext()):
    kept += chunk.records[0]["account_id"].to_pylist()
    long += [r for r in chunk.rejects["reason"].to_pylist() if r == "too_long"]
print(kept, len(long), peak() // 1024)
'''


def test_b10_a_field_of_a_hundred_megabytes_is_not_held_in_memory(tmp_path):
    command = [sys.executable, "-c", ONE_FIELD, str(tmp_path / "field.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept, rest = done.stdout.split("] ")
    assert kept == "['1', '4'"
    assert int(rest.split()[0]) == 1
    assert int(rest.split()[1]) <= MOST_MEMORY_MB


@pytest.mark.soak
def test_b1_one_gigabyte(tmp_path):
    run(tmp_path, 1_000 * MEGABYTE)
