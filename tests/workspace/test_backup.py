"""A backup holds the workspace, and a restore gives it back whole or leaves nothing."""

from __future__ import annotations

import io
import os
import random
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import holdfast
from holdfast.errors.state import RunInProgress
from holdfast.errors.workspace import BackupDamaged, FolderInUse, StateElsewhere
from holdfast.pipeline.site import Site
from holdfast.state.lock import only_run
from holdfast.workspace.backup import MANIFEST, backup
from holdfast.workspace.restore import restore

TABLES = ("scores", "components", "metrics", "adjustments", "quarantine", "batches")
KILLED = -9


@pytest.fixture(scope="module")
def saved(small_company, tmp_path_factory):
    """A backup of the small company, which is only to be read."""
    root = tmp_path_factory.mktemp("backup")
    own = Path(shutil.copytree(small_company, root / "company"))
    backup(Site(own), root / "saved.tar")
    return root / "saved.tar"


def exports(folder, out):
    out.mkdir()
    workspace = holdfast.open(folder)
    for table in TABLES:
        workspace.export(table, out / f"{table}.csv", history=True)
    return {table: (out / f"{table}.csv").read_bytes() for table in TABLES}


def names(file):
    with tarfile.open(file) as tar:
        return tar.getnames()


def test_what_comes_back_is_what_was_there(small_company, saved, tmp_path):
    restore(saved, tmp_path / "new")
    assert exports(tmp_path / "new", tmp_path / "after") == exports(small_company, tmp_path / "before")
    accounts = holdfast.open(small_company).accounts()
    workspace = holdfast.open(tmp_path / "new")
    assert workspace.accounts() == accounts
    assert not workspace.doctor()["harm"]


def test_definitions_and_keys_are_in_it_and_raw_exports_are_not(small_company, saved):
    found = names(saved)
    assert "holdfast.yml" in found
    assert ".holdfast/secret.key" in found
    assert found[-1] == MANIFEST
    assert not [n for n in found if n.startswith(("exports/", "truth/")) or n.endswith((".csv", "run.lock"))]
    definitions = {p.relative_to(small_company).as_posix() for p in small_company.glob("scorecards/*.yml")}
    assert definitions <= set(found)


def test_only_the_owner_may_read_it(saved, tmp_path):
    restore(saved, tmp_path / "new")
    data = tmp_path / "new" / ".holdfast"
    for path in (saved, data / "secret.key", data / "state.sqlite3"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_backup_that_was_cut_off_is_refused(saved, tmp_path, share):
    cut = tmp_path / "cut.tar"
    content = saved.read_bytes()
    manifest = content.rindex(MANIFEST.encode())
    cut.write_bytes(content[:int(manifest * share)])
    with pytest.raises(BackupDamaged):
        restore(cut, tmp_path / "new")
    assert os.listdir(tmp_path) == ["cut.tar"]


def test_a_changed_byte_is_refused_or_changes_nothing(small_company, saved, tmp_path):
    content, luck = saved.read_bytes(), random.Random(5)
    expected, refused = None, 0
    for number in range(16):
        place = luck.randrange(len(content))
        broken = bytearray(content)
        broken[place] ^= 1 << luck.randrange(8)
        (tmp_path / "broken.tar").write_bytes(broken)
        try:
            restore(tmp_path / "broken.tar", tmp_path / f"new{number}")
        except BackupDamaged:
            refused += 1
            assert not (tmp_path / f"new{number}").exists()
        else:
            expected = expected or exports(small_company, tmp_path / "before")
            assert exports(tmp_path / f"new{number}", tmp_path / f"after{number}") == expected
    assert refused > 5


@pytest.mark.parametrize("name", [
    "../outside.yml", "/tmp/outside.yml", "scorecards/../../x.yml", ".holdfast/lake/../../x", ".holdfast/run.lock",
    "notes.txt", ".holdfast/lake//x", "holdfast.yml",
])
def test_a_name_that_is_no_part_of_a_workspace_is_refused(saved, tmp_path, name):
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as tar:
        for entry in ("holdfast.yml", name):
            added = tarfile.TarInfo(entry)
            added.size = 1
            tar.addfile(added, io.BytesIO(b"x"))
    with pytest.raises(BackupDamaged, match="no part of a workspace"):
        restore(hostile, tmp_path / "deep" / "new")
    assert not list(tmp_path.rglob("*outside*")) + list(tmp_path.rglob("x.yml"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(tmp_path, kind):
    with tarfile.open(tmp_path / "hostile.tar", "w") as tar:
        entry = tarfile.TarInfo("holdfast.yml")
        entry.type, entry.linkname = kind, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "hostile.tar", tmp_path / "new")


def test_nothing_is_replaced(saved, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        restore(saved, tmp_path / "new")
    assert os.listdir(tmp_path / "new") == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty")
    assert (tmp_path / "empty" / "holdfast.yml").is_file()


def test_a_table_that_was_damaged_before_is_told(own_company, tmp_path):
    file = next((own_company / ".holdfast" / "lake" / "account").rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-9] + b"something")
    backup(Site(own_company), tmp_path / "saved.tar")
    with pytest.raises(BackupDamaged, match="was damaged when it was saved"):
        restore(tmp_path / "saved.tar", tmp_path / "new")


def test_no_backup_while_a_run_goes_on_and_the_older_one_stays(own_company, tmp_path):
    target = tmp_path / "saved.tar"
    target.write_bytes(b"older")
    with only_run(own_company / ".holdfast"), pytest.raises(RunInProgress):
        backup(Site(own_company), target)
    assert target.read_bytes() == b"older"
    assert sorted(os.listdir(tmp_path)) == ["company", "saved.tar"]


def test_a_state_in_a_server_is_not_saved_by_half(own_company, tmp_path):
    settings = own_company / "holdfast.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "database: postgresql://u:p@127.0.0.1:1/x\n", "utf-8")
    with pytest.raises(StateElsewhere):
        backup(Site(own_company), tmp_path / "saved.tar")
    assert not (tmp_path / "saved.tar").exists()


@pytest.mark.parametrize("point", ["backup.before_rename", "restore.before_rename"])
def test_killed_and_done_again(own_company, saved, tmp_path, point):
    words = (
        ["backup", str(tmp_path / "saved.tar"), "-w", str(own_company)] if point.startswith("backup")
        else ["restore", str(saved), str(tmp_path / "new")]
    )
    made = Path(words[1] if point.startswith("backup") else words[2])
    command = [sys.executable, "-m", "holdfast", *words]
    killed = subprocess.run(command, env={**os.environ, "HOLDFAST_FAILPOINT": point}, check=False)
    assert killed.returncode == KILLED
    assert not made.exists()
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted({"company", made.name})
