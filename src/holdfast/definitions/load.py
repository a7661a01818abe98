"""Load and check the definitions of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from holdfast.errors.definitions import DefinitionsRefused

from .bundle import Definitions, hash_of
from .check import examine
from .draft import Draft, draft
from .files import read_files, shipped_files
from .finding import Finding
from .parse import parse_files
from .service_days import with_service


def load(folder: Path) -> Definitions:
    """The definitions of the workspace at ``folder``; DefinitionsRefused where a finding is an error."""
    files, findings = read_files(folder)
    return _definitions(files, findings)


def load_edited(folder: Path, file: Path) -> tuple[Definitions, str]:
    """The definitions with the scorecard in ``file`` in the place of its namesake, and its name.

    DefinitionsRefused where a finding is an error; one about the edited file names that file.
    """
    files, findings = read_files(folder)
    text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    edited = f"scorecards/{file.stem}.yml"
    found = parse_files({edited: text}).scorecards
    name = found[0].name if found else file.stem
    replaced = {
        card.places.top.file
        for card in parse_files({n: t for n, t in files.items() if n.startswith("scorecards/")}).scorecards
        if card.name == name
    }
    rest = {n: t for n, t in files.items() if n not in replaced and n != edited}
    try:
        return _definitions({**rest, edited: text}, findings), name
    except DefinitionsRefused as error:
        renamed = [
            replace(f, place=replace(f.place, file=str(file))) if f.place.file == edited else f
            for f in error.facts["findings"]
        ]
        raise DefinitionsRefused(findings=renamed) from None


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
    """Only what ships; its ``scorecards`` are the whole library. What ships is judged by the tests, not here."""
    return rebuild({}, shipped_files())


def rebuild(files: Mapping[str, str], shipped: Mapping[str, str]) -> Definitions:
    """Definitions from texts that were judged before; nothing is judged again."""
    return _bundle(draft(files, shipped), files, shipped, [])


def _definitions(files: Mapping[str, str], before: list[Finding]) -> Definitions:
    if not files and before:
        raise DefinitionsRefused(findings=before)
    found, findings = examine(files, before)
    if any(finding.level == "error" for finding in findings):
        raise DefinitionsRefused(findings=findings)
    return _bundle(found, files, shipped_files(), findings)


def _bundle(
    found: Draft, files: Mapping[str, str], shipped: Mapping[str, str], findings: list[Finding]
) -> Definitions:
    return Definitions(
        settings=found.settings, people=found.people, features=found.features, sources=found.sources,
        metrics=found.metrics, scorecards=found.scorecards, library=dict(found.library),
        segments=found.segments,
        signals={name: with_service(one, found.service) for name, one in found.signals.items()},
        playbooks=dict(found.playbooks),
        green_checks=dict(found.green_checks),
        escalations=found.escalations, offers=found.offers, reviews=found.reviews,
        service=found.service, usage_patterns=found.usage_patterns,
        user_segments=found.user_segments, behaviours=found.behaviours, lifecycle=found.lifecycle,
        signal_tables=found.signal_tables, flat=found.flat, files=dict(files),
        shipped=dict(shipped), hash=hash_of(files, shipped), findings=tuple(findings),
    )
