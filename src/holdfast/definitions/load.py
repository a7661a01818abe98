"""Load and check the definitions of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from holdfast.errors.definitions import DefinitionsRefused

from .bundle import Definitions, hash_of
from .check import examine
from .files import read_files, shipped_files
from .finding import Finding


def load(folder: Path) -> Definitions:
    """The definitions of the workspace at ``folder``; DefinitionsRefused where a finding is an error."""
    files, findings = read_files(folder)
    return _definitions(files, findings)


def check(folder: Path) -> list[Finding]:
    """All findings about the workspace at ``folder``, errors first. Nothing is changed."""
    files, findings = read_files(folder)
    if not files and findings:
        return findings
    return examine(files, findings)[1]


def load_files(files: Mapping[str, str]) -> Definitions:
    """The definitions from stored texts, such as ``Definitions.files`` of an earlier run."""
    return _definitions(files, [])


@lru_cache(maxsize=1)
def builtin() -> Definitions:
    """Only what ships; its ``scorecards`` are the whole library."""
    return _definitions({}, [])


def _definitions(files: Mapping[str, str], before: list[Finding]) -> Definitions:
    if not files and before:
        raise DefinitionsRefused(findings=before)
    draft, findings = examine(files, before)
    if any(finding.level == "error" for finding in findings):
        raise DefinitionsRefused(findings=findings)
    return Definitions(
        settings=draft.settings, people=draft.people, features=draft.features,
        sources=draft.sources, metrics=draft.metrics,
        scorecards=draft.scorecards, library=dict(draft.library),
        segments=draft.segments, triggers=draft.triggers, flat=draft.flat,
        files=dict(files), hash=hash_of(files, shipped_files()), findings=tuple(findings),
    )
