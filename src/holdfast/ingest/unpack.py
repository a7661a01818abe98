"""Opening a file as bytes: plain, gzip, or the one file inside a zip, with caps on what comes out."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from holdfast.errors.ingest import BadArchive, NoSuchFile, TooLarge

from . import limits

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
ARCHIVES = (".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar")


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The unpacked bytes of ``path``. Nothing is written to disk."""
    try:
        with path.open("rb") as plain:
            magic = plain.read(4)
            plain.seek(0)
            if magic[:2] == GZIP_MAGIC:
                with gzip.GzipFile(fileobj=plain) as packed:
                    yield _capped(packed, path)
            elif magic in ZIP_MAGICS:
                with zipfile.ZipFile(plain) as archive, archive.open(_only_member(archive, path)) as member:
                    yield _capped(member, path)
            else:
                yield plain
    except FileNotFoundError as error:
        raise NoSuchFile(source=path.name, path=path) from error
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadArchive(path=path, what=str(error)) from error
    except RuntimeError as error:
        if "password" not in str(error):
            raise
        raise BadArchive(path=path, what="it is locked with a password") from error


def _capped(stream: object, path: Path) -> BinaryIO:
    return io.BufferedReader(_Capped(stream, path), buffer_size=1024 * 1024)


class _Capped(io.RawIOBase):
    """Stops while reading when too much comes out, in all or for the packed size."""

    def __init__(self, stream: object, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._packed = max(path.stat().st_size, 1)
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))  # type: ignore[attr-defined]
        buffer[: len(data)] = data
        self._out += len(data)
        if self._out > limits.MAX_UNPACKED_BYTES:
            raise TooLarge(path=self._path, what=f"it unpacks to more than {limits.MAX_UNPACKED_BYTES:,} bytes")
        if self._out > limits.RATIO_GRACE_BYTES and self._out > self._packed * limits.MAX_UNPACK_RATIO:
            raise TooLarge(
                path=self._path,
                what=(f"it unpacks to more than {limits.MAX_UNPACK_RATIO} times its size, as a zip bomb does"),
            )
        return len(data)


def _only_member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            raise BadArchive(path=path, what=f"the name {member.filename!r} points outside the archive")
        if name.suffix.lower() in ARCHIVES:
            raise BadArchive(path=path, what=f"it holds another archive, {member.filename!r}")
    if len(members) != 1:
        raise BadArchive(path=path, what=f"it holds {len(members)} files instead of one")
    return members[0]
