"""One table of the lake: a Delta table of Parquet files named after their content."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.errors.lake import DamagedFile
from holdfast.failpoint import failpoint

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from deltalake.transaction import AddAction, RemoveAction

_verified: set[tuple[str, int, int]] = set()
_newest: dict[str, tuple[DeltaTable, tuple[int, int, int]]] = {}
_BLOCK = 1 << 20


@dataclass(frozen=True)
class StagedFile:
    """A Parquet file that waits for its commit, with its partition values."""

    path: Path
    partition: Mapping[str, str] = field(default_factory=dict)


class LakeTable:
    """A Delta table below the lake. Every file carries its checksum in its name."""

    def __init__(self, folder: Path, name: str, read: Counter[str] | None = None) -> None:
        self.name = name
        self.folder = folder / name
        self._read: Counter[str] = Counter() if read is None else read

    @property
    def exists(self) -> bool:
        """Whether the table was ever committed to."""
        return (self.folder / "_delta_log").is_dir()

    def version(self) -> int | None:
        """The newest version, None before the first commit."""
        return self._open().version() if self.exists else None

    def has(self, app: str, number: int = 1) -> bool:
        """Whether the application transaction ``app`` was committed."""
        done = self.done(app)
        return done is not None and done >= number

    def done(self, app: str) -> int | None:
        """The highest number under which ``app`` was committed; None where it never was."""
        return self._open().transaction_version(app) if self.exists else None

    def commit(
        self,
        files: Sequence[StagedFile],
        schema: pa.Schema,
        app: str,
        *,
        number: int = 1,
        mode: Literal["append", "overwrite"] = "append",
        partition_by: Sequence[str] = (),
        instead_of: Sequence[Path] = (),
        same_rows: bool = True,
        again: bool = False,
    ) -> int:
        """Move the staged files in and commit them once; a repeat with the same ``app`` changes nothing.

        ``instead_of`` are files of the newest version that leave with the same commit and stay on disk for
        the versions before it. The staged files hold their rows, no more and no less, unless ``same_rows`` is
        false. With ``again`` what was committed as ``app`` before is no reason to leave it. Returns the version
        that holds the files.
        """
        if not again and self.has(app, number):
            return int(self._open().version())
        from deltalake import CommitProperties, DeltaTable, Schema, Transaction

        full = schema
        for name in partition_by:
            full = full.append(pa.field(name, pa.string()))
        if not self.exists:
            failpoint(f"lake.{self.name}.before_create")
            DeltaTable.create(
                str(self.folder), Schema.from_arrow(full), partition_by=list(partition_by), mode="ignore"
            )
        kept = bool(instead_of) and same_rows
        actions: list[AddAction | RemoveAction] = [self._place(f, new_rows=not kept) for f in files]
        actions += [self._leave(path, gone=not kept) for path in instead_of]
        failpoint(f"lake.{self.name}.before_commit")
        table = DeltaTable(str(self.folder))
        table.create_write_transaction(
            actions=actions,
            mode=mode,
            schema=Schema.from_arrow(full),
            partition_by=list(partition_by),
            commit_properties=CommitProperties(app_transactions=[Transaction(app, number)]),
        )
        failpoint(f"lake.{self.name}.after_commit")
        return int(self._open().version())

    def files(self, version: int | None = None) -> list[str]:
        """Paths of the files of ``version``, checked against their names once per process."""
        return self.opened(self.paths(version))

    def opened(self, paths: Sequence[Path]) -> list[str]:
        """The paths, checked against their names once per process; their whole size counts as read."""
        for path in paths:
            verify(path)
            self._read[self.name] += path.stat().st_size
        return [str(path) for path in paths]

    def paths(self, version: int | None = None) -> list[Path]:
        """Paths of the files of ``version``, unchecked, in order."""
        if not self.exists:
            return []
        return sorted(Path(u.removeprefix("file://")) for u in self._open(version).file_uris())

    def mend(self, target: Path, source: Path) -> None:
        """Let ``target``, a file of the table, be ``source`` where it is not there or not as its name says."""
        if target.exists() and file_checksum(target) != target.stem:
            target.unlink()
        if not target.exists():
            os.link(source, target)

    def _open(self, version: int | None = None) -> DeltaTable:
        from deltalake import DeltaTable

        if version is not None:
            return DeltaTable(str(self.folder), version=version)
        known = _newest.get(str(self.folder))
        if known is not None and self._is_newest(*known):
            return known[0]
        table = DeltaTable(str(self.folder))
        if mark := _mark(self._entry(table.version())):
            _newest[str(self.folder)] = table, mark
        return table

    def _is_newest(self, table: DeltaTable, mark: tuple[int, int, int]) -> bool:
        """Whether the log still ends with the very entry that ``table`` was read up to."""
        version = table.version()
        return _mark(self._entry(version + 1)) is None and _mark(self._entry(version)) == mark

    def _entry(self, version: int) -> Path:
        return self.folder / "_delta_log" / f"{version:020d}.json"

    def _leave(self, path: Path, *, gone: bool) -> RemoveAction:
        from deltalake.transaction import RemoveAction

        parts = path.relative_to(self.folder).parts
        values: dict[str, str | None] = {name: value for name, _, value in (p.partition("=") for p in parts[:-1])}
        stat = path.stat()
        return RemoveAction("/".join(parts), gone, int(stat.st_mtime * 1000), stat.st_size, values)

    def _place(self, staged: StagedFile, *, new_rows: bool = True) -> AddAction:
        from deltalake.transaction import AddAction

        checksum = file_checksum(staged.path)
        parts = "/".join(f"{k}={v}" for k, v in staged.partition.items())
        relative = f"{parts}/{checksum}.parquet" if parts else f"{checksum}.parquet"
        target = self.folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(staged.path, "rb") as handle:
            os.fsync(handle.fileno())
        failpoint(f"lake.{self.name}.before_place")
        self.mend(target, staged.path)
        _sync_folder(target.parent)
        rows = pq.read_metadata(target).num_rows
        stat = target.stat()
        return AddAction(
            path=relative,
            size=stat.st_size,
            partition_values=dict(staged.partition),
            modification_time=int(stat.st_mtime * 1000),
            data_change=new_rows,
            stats=json.dumps({"numRecords": rows}),
        )


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from another under the same name; None where there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def file_checksum(path: Path) -> str:
    """The first 128 bits of the file's SHA-256, in hex."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()[:32]


def verify(path: Path) -> None:
    """Raise DamagedFile if the file is gone or its content does not match its name."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise DamagedFile(path=str(path), problem="the file is missing") from None
    mark = (str(path), stat.st_size, stat.st_mtime_ns)
    if mark in _verified:
        return
    if file_checksum(path) != path.stem:
        raise DamagedFile(path=str(path), problem="its content does not match its checksum")
    _verified.add(mark)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
