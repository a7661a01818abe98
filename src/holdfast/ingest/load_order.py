"""Which files a source has now, in the order in which they are loaded."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping
from pathlib import Path

from holdfast.definitions.source import Source
from holdfast.errors.batch import UnsetVariable
from holdfast.records import RECORDS

_VARIABLE = re.compile(r"\$\{([A-Z_][A-Z0-9_]*)(?::-([^}]*))?\}")


def found_files(source: Source, workspace: Path) -> list[tuple[str, Path]]:
    """(name, path) of the source's files, by name. A folder means all files in it.

    ``files:`` is a path or glob below the workspace, or absolute; ``${NAME}`` or ``${NAME:-path}`` stands
    for an environment variable. The name is relative to the workspace where the file lies inside it, else
    the file's own name.
    """
    if source.files is None:
        return []
    pattern = str(workspace / _expanded(source))
    if os.path.isdir(pattern):
        pattern = os.path.join(pattern, "**")
    found = (Path(p) for p in glob.glob(pattern, recursive=True))
    named = {_name(p, workspace): p for p in found if p.is_file() and not p.name.startswith((".", "~$"))}
    return sorted(named.items())


def load_order(sources: Mapping[str, Source]) -> list[Source]:
    """Sources so that what others point at comes first: looked-up records, then the order of records.

    >>> load_order({})
    []
    """
    order = {name: n for n, name in enumerate(RECORDS)}
    makes = {name: {m.record for m in s.records} for name, s in sources.items()}

    def depth(name: str, path: tuple[str, ...] = ()) -> int:
        needs = {c.lookup.record for m in sources[name].records for c in m.columns.values() if c.lookup is not None}
        before = [o for o in sources if o != name and o not in path and makes[o] & needs]
        return 1 + max((depth(o, (*path, name)) for o in before), default=0)

    def rank(name: str) -> tuple[bool, int, int, str]:
        return "account" not in makes[name], depth(name), min((order[r] for r in makes[name]), default=0), name

    return [sources[name] for name in sorted(sources, key=rank)]


def _expanded(source: Source) -> str:
    def value(match: re.Match[str]) -> str:
        found = os.environ.get(match[1], match[2])
        if found is None:
            raise UnsetVariable(source=source.source, variable=match[1])
        return found

    return _VARIABLE.sub(value, source.files or "")


def _name(path: Path, workspace: Path) -> str:
    try:
        return path.resolve().relative_to(workspace.resolve()).as_posix()
    except ValueError:
        return path.name
