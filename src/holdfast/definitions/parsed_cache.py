"""What was parsed before, kept for the next process: reading the shipped files takes longer than most commands."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

Result = TypeVar("Result")
MOST = 8
"""Results that are kept; the oldest goes first."""


def remembered(texts: Iterable[tuple[str, str]], parse: Callable[[], Result]) -> Result:
    """What ``parse`` makes of ``texts``, from the last time where neither they nor our code have changed.

    Kept below the person's own cache folder (XDG_CACHE_HOME, else ``~/.cache``), which nobody else may write to;
    where that is not so, or the file cannot be read, everything is parsed.
    """
    folder = _folder()
    if folder is None:
        return parse()
    file = folder / f"{_key(texts)}.pickle"
    with suppress(Exception):
        found: Result = pickle.loads(file.read_bytes())  # noqa: S301 our own file in a folder of our own
        return found
    made = parse()
    with suppress(OSError, pickle.PicklingError, RecursionError):
        with NamedTemporaryFile(dir=folder, delete=False) as out:
            pickle.dump(made, out, protocol=5)
        os.replace(out.name, file)
        for old in sorted(folder.glob("*.pickle"), key=lambda f: f.stat().st_mtime)[:-MOST]:
            old.unlink()
    return made


def _folder() -> Path | None:
    """The cache folder; None where it cannot be made or is not ours alone to write."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "holdfast" / "definitions"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stat = folder.stat()
    except (OSError, RuntimeError):
        return None
    return folder if stat.st_uid == os.geteuid() and not stat.st_mode & 0o022 else None


def _key(texts: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256(_code())
    for name, text in texts:
        digest.update(f"{len(name)}:{name}{len(text)}:{text}".encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    """The state of the code that parses: ours, Python's, and that of the libraries."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pydantic", "ruamel.yaml", "sqlglot"):
        digest.update(version(name).encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()
