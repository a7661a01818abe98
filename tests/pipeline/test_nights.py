"""A night that keeps the days that stand publishes the tables that a rebuild from nothing publishes."""

from __future__ import annotations

import random
import re
import shutil
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import holdfast
from holdfast.evaluate.conditions import Period, conditions, narrow_scores
from holdfast.lake import Lake, StagedFile
from holdfast.lake.lake import file_schema
from holdfast.pipeline.standing_days import same_look_back
from holdfast.records import RECORDS
from holdfast.signals.values import days_back

from .company import FEW_SOURCES, TABLES, make_company

LAST = date(2026, 6, 28)
NIGHTS = 4
LATE, CHANGED, GONE = 0.1, 0.03, 0.01
DAYS_LATE = timedelta(days=10)
"""Long enough for late rows to lie before a Sunday that is stored."""
SOAK = 12
SIGNAL_TABLES = ("signals", "signal_evidence", "green_checks", "conditions")
OTHER = {"plan": "Other", "status": "left", "priority": "urgent", "stage": "Lost", "seats": 3, "answer": "less"}


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """A company with few sources whose exports were read once, and nothing more."""
    folder = make_company(tmp_path_factory.mktemp("nights") / "company", sources=FEW_SOURCES)
    holdfast.open(folder).ingest()
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same with every source."""
    folder = make_company(tmp_path_factory.mktemp("whole") / "company")
    holdfast.open(folder).ingest()
    return folder


def stamp(row):
    """The moment by which a row is sorted into nights: when it happened, or from when it holds."""
    found = [row[c] for c in ("occurred_at", "sent_at", "effective_at", "known_at") if row.get(c)]
    return found[0] if isinstance(found[0], datetime) else datetime.combine(found[0], time())


def night_of(row, luck, ends):
    """The night with which a row comes: the one after its day, or for some a later one."""
    due = next((n for n, end in enumerate(ends) if stamp(row).date() <= end), 0)
    late = luck.random() < LATE and ends[due] - stamp(row).date() < DAYS_LATE
    return luck.randrange(due, len(ends)) if late else due


def changed(row, luck, day, fields):
    """A new version of the row from noon of ``day`` on: another value, or the row is gone."""
    held = {"effective_at": datetime.combine(day, time(12)), "known_at": datetime.combine(day, time(13))}
    new = {**row, **held, "row_hash": luck.getrandbits(60)}
    if luck.random() < GONE / (GONE + CHANGED):
        return {**new, "deleted": True}
    return {**new, **{name: value for name, value in OTHER.items() if name in fields and row.get(name) is not None}}


def pieces(lake, luck, ends):
    """Table -> night -> partition -> rows, as they lie in the files."""
    found, schemas = {}, {}
    for record in RECORDS.values():
        table = lake.table(record.name)
        if not table.exists:
            continue
        schemas[record.name] = file_schema(table.paths())
        nights = defaultdict(lambda: defaultdict(list))
        for path in table.paths():
            parts = path.relative_to(table.folder).parts[:-1]
            for row in pq.ParquetFile(path).read().to_pylist():
                night = night_of(row, luck, ends)
                nights[night][parts].append(row)
                if not record.append and night < len(ends) - 1 and luck.random() < CHANGED + GONE:
                    later = luck.randrange(night + 1, len(ends))
                    nights[later][parts].append(changed(row, luck, ends[later], record.by_name))
        found[record.name] = nights
    return found, schemas


def workspace(ingested, folder):
    """The definitions and the vault of the company, with no exports to read and no records yet."""
    shutil.copytree(ingested, folder, ignore=shutil.ignore_patterns("exports", "state.sqlite3*", "lake"))
    for name in ("persons", "texts"):
        shutil.copytree(ingested / ".holdfast" / "lake" / name, folder / ".holdfast" / "lake" / name)
    return folder


def arrive(folder, found, schemas, night, staging):
    """The rows of one night, a file a partition, one commit a table."""
    lake = Lake(folder / ".holdfast" / "lake")
    for name, nights in found.items():
        files = []
        for number, (parts, rows) in enumerate(nights[night].items()):
            target = staging / f"{name}-{night}-{number}.parquet"
            pq.write_table(pa.Table.from_pylist(rows, schemas[name]), target)
            files.append(StagedFile(target, dict(p.split("=") for p in parts)))
        if files:
            keys = list(files[0].partition)
            lake.table(name).commit(files, schemas[name], f"night-{night}", partition_by=keys)


def exported(folder, out):
    """Every table with its whole history, as bytes; what signals rest on as rows."""
    out.mkdir(parents=True)
    workspace = holdfast.open(folder)
    for table in TABLES:
        workspace.export(table, out / f"{table}.csv", history=True)
    return {table: (out / f"{table}.csv").read_bytes() for table in TABLES} | signal_rows(workspace.published)


def signal_rows(published):
    """The rows of findings, their numbers, green checks and conditions, in order."""
    return {name: sorted(map(repr, published.read(name).to_pylist())) for name in SIGNAL_TABLES}


def nights_equal_a_rebuild(ingested, folder: Path, seed: int, nights: int) -> list[int]:
    """Runs the nights of one split; how many days each evaluated, and the rebuild."""
    luck = random.Random(seed)
    ends = [*sorted(LAST - timedelta(days=luck.randrange(1, 24)) for _ in range(nights - 1)), LAST]
    found, schemas = pieces(Lake(ingested / ".holdfast" / "lake"), luck, ends)
    company, staging = workspace(ingested, folder / "company"), folder / "staging"
    staging.mkdir()
    evaluated = []
    for night, end in enumerate(ends):
        arrive(company, found, schemas, night, staging)
        evaluated.append(holdfast.open(company).run(as_of=end, weeks=5)["days_evaluated"])
    before = exported(company, folder / "nights")
    rebuilt = holdfast.open(company).run(as_of=LAST, weeks=5, full=True)
    after = exported(company, folder / "rebuilt")
    assert [name for name in before if before[name] != after[name]] == []
    return [*evaluated, rebuilt["days_evaluated"]]


def test_nights_publish_what_a_rebuild_does(ingested, tmp_path):
    evaluated = nights_equal_a_rebuild(ingested, tmp_path, 1, 2)
    assert min(evaluated) < evaluated[-1]


class Calm(random.Random):
    """The luck of a log in which no row comes late and none changes."""

    def random(self):
        return 1.0


def grid(day):
    """The days that are stored by default: 104 Sundays, the last 90 days, and the day 30 days before is one of them."""
    sundays = {day - timedelta(days=n) for n in range(104 * 7) if (day - timedelta(days=n)).weekday() == 6}
    return sorted(sundays | {day - timedelta(days=n) for n in range(90)})


def stored_days(folder):
    """The days that the publish says it stores, and those of which it has rows."""
    published = holdfast.open(folder).published
    [days] = published.publish.run.facts["history"]["days"].values()
    return [date.fromisoformat(day) for day in days], published.days


def two_nights(ingested, tmp_path):
    """A company with the default grid after its first run and one night; what the night said."""
    ends = [LAST - timedelta(days=1), LAST]
    found, schemas = pieces(Lake(ingested / ".holdfast" / "lake"), Calm(1), ends)
    company, staging = workspace(ingested, tmp_path / "company"), tmp_path / "staging"
    settings = company / "holdfast.yml"
    settings.write_text(re.sub(r"(?m)^(history|daily):.*$", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    staging.mkdir()
    said = {}
    for night, end in enumerate(ends):
        arrive(company, found, schemas, night, staging)
        said = holdfast.open(company).run(as_of=end)
        asked, with_rows = stored_days(company)
        assert asked == grid(end)
        assert with_rows == [day for day in asked if day >= with_rows[0]]
    return company, said


def told_anew(published):
    """What conditions say of all stored days, told at once from frame, metrics and scores."""
    engine = published.site.engine
    frame, metrics, scores = (engine.frame(published.read(name)) for name in ("frame", "metrics", "scores"))
    period = Period(published.site.definitions, frame, metrics, scores)
    table = conditions(period, narrow_scores([period]), days_back(engine, published.days))
    return engine.arrow(table).to_pylist()


def test_the_default_grid_takes_one_day_a_night(ingested, tmp_path):
    company, said = two_nights(ingested, tmp_path)
    assert said["days_evaluated"] == 1
    then, now = grid(LAST - timedelta(days=1)), grid(LAST)
    kept = same_look_back(then, now, {*then} & {*now})
    gone = {*then} - {*now}
    assert {*then} & {*now} - kept == {day + timedelta(days=back) for day in gone for back in (7, 28)}
    published = holdfast.open(company).published
    assert sorted(map(repr, told_anew(published))) == signal_rows(published)["conditions"]


@pytest.mark.soak
def test_the_default_grid_is_rebuilt_in_blocks_of_days(whole, tmp_path, monkeypatch):
    company, _ = two_nights(whole, tmp_path)
    before = exported(company, tmp_path / "nights")
    monkeypatch.setattr("holdfast.pipeline.evaluated.LOOKED_AT", 6)
    blocks = set()
    rebuilt = holdfast.open(company).run(
        as_of=LAST, full=True, progress=lambda stage, _, total: blocks.add((stage, total)))
    assert max(total for stage, total in blocks if stage == "Metrics and scores") > 1
    assert rebuilt["days_evaluated"] == rebuilt["days_stored"] == len(grid(LAST))
    after = exported(company, tmp_path / "rebuilt")
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 2 + SOAK))
def test_any_split_publishes_what_a_rebuild_does(whole, tmp_path, seed):
    nights_equal_a_rebuild(whole, tmp_path, seed, NIGHTS)
