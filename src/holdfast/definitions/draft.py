"""All files of a workspace put together, before they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from .behaviour import Behaviour, LifecycleStage
from .escalation import Escalation
from .extends import resolve
from .features import Features
from .files import shipped_files
from .finding import Finding
from .green_check import GreenCheck
from .metric import Metric
from .model import Definition
from .nearest import nearest
from .parse import Parsed, RawScorecard, parse_files
from .parsed_cache import remembered
from .people import People
from .playbook import Playbook
from .review import Review
from .save_offer import SaveOffer
from .scorecard import Scorecard
from .segment import Segment
from .service_tier import ServiceTier, UsagePattern
from .settings import Settings
from .signal import Signal
from .signal_table import SignalTable
from .source import Source
from .user_segment import UserSegment
from .validate import validate

D = TypeVar("D", bound=Definition)


@dataclass
class Draft:
    """What rules look at. ``own``: the files, duplicates included; the mappings: what counts."""

    own: Parsed
    settings: Settings
    people: People
    features: Features
    sources: dict[str, Source]
    metrics: dict[str, Metric]
    scorecards: dict[str, Scorecard]
    library: Mapping[str, Scorecard]
    raw_scorecards: list[RawScorecard]
    segments: tuple[Segment, ...]
    signals: Mapping[str, Signal]
    playbooks: Mapping[str, Playbook]
    green_checks: Mapping[str, GreenCheck]
    escalations: tuple[Escalation, ...]
    offers: tuple[SaveOffer, ...]
    reviews: tuple[Review, ...]
    service: tuple[ServiceTier, ...]
    usage_patterns: tuple[UsagePattern, ...]
    user_segments: tuple[UserSegment, ...]
    behaviours: tuple[Behaviour, ...]
    lifecycle: tuple[LifecycleStage, ...]
    signal_tables: tuple[SignalTable, ...]
    flat: Mapping[str, Any]
    shipped_metrics: frozenset[str]
    alone: bool
    """whether these are the built-in definitions by themselves"""
    findings: list[Finding] = field(default_factory=list)

    def complete(self, folder: str) -> bool:
        """Whether every file of ``folder`` could be read, so that a name not found is really unknown."""
        return folder not in self.own.unread

    def names(self, folder: str) -> set[str]:
        """Names of all metrics, sources or playbooks, also of those that are not valid."""
        valid = {
            "metrics": set(self.metrics), "sources": set(self.sources), "playbooks": set(self.playbooks),
        }
        return {*valid[folder], *(name for where, name in self.own.broken if where == folder)}


def draft(files: Mapping[str, str], builtin: Mapping[str, str] | None = None) -> Draft:
    """The draft of a workspace with these ``files``; without any, of what ships (``builtin``: of that)."""
    shipped, library, shipped_findings = _shipped(Texts(shipped_files() if builtin is None else builtin))
    own = parse_files(files)
    findings = [*shipped.findings, *shipped_findings, *own.findings]
    settings = own.settings or Settings()
    raw = [*own.scorecards, *shipped.scorecards]
    cards = dict(library) if not files else _active(own, raw, settings, library, findings)
    return Draft(
        own=own if files else shipped,
        settings=settings,
        people=own.people or People(),
        features=own.features or Features(),
        sources={s.source: s for s in reversed(own.sources)},
        metrics=_first_wins(shipped.metrics, own.metrics),
        scorecards=cards,
        library=library,
        raw_scorecards=raw,
        segments=tuple((shipped.segments or []) if own.segments is None else own.segments),
        signals={s.signal: s for s in [*shipped.signals, *reversed(own.signals)]},
        playbooks={p.playbook: p for p in [*shipped.playbooks, *reversed(own.playbooks)]},
        green_checks={c.check: c for c in [*shipped.green_checks, *reversed(own.green_checks)]},
        escalations=tuple((shipped.escalations or []) if own.escalations is None else own.escalations),
        offers=tuple((shipped.offers or []) if own.offers is None else own.offers),
        reviews=tuple((shipped.reviews or []) if own.reviews is None else own.reviews),
        service=tuple((shipped.service or []) if own.service is None else own.service),
        usage_patterns=tuple((shipped.usage_patterns or []) if own.usage_patterns is None else own.usage_patterns),
        user_segments=_newer(own.user_segments, shipped.user_segments, "user_segments"),
        behaviours=_newer(own.behaviours, shipped.behaviours, "behaviours"),
        lifecycle=_newer(own.lifecycle, shipped.lifecycle, "lifecycle"),
        signal_tables=tuple(shipped.signal_tables),
        flat=shipped.flat,
        shipped_metrics=frozenset(m.name for m in shipped.metrics),
        alone=not files,
        findings=findings,
    )


def _newer(own: list[D] | None, shipped: list[D] | None, name: str) -> tuple[D, ...]:
    """The workspace's list, else the one that ships; sets of before there was such a file get that of today."""
    if own is not None:
        return tuple(own)
    found = getattr(_shipped(Texts(shipped_files()))[0], name) if shipped is None else shipped
    return tuple(found or ())


def _first_wins(shipped: list[Metric], own: list[Metric]) -> dict[str, Metric]:
    ours: dict[str, Metric] = {}
    for metric in own:
        ours.setdefault(metric.name, metric)
    return {**{metric.name: metric for metric in shipped}, **ours}


class Texts:
    """Texts of files, hashable by their content."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.key = tuple(sorted(files.items()))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Texts) and self.key == other.key


@lru_cache(maxsize=4)
def _shipped(texts: Texts) -> tuple[Parsed, Mapping[str, Scorecard], list[Finding]]:
    return remembered(texts.key, lambda: _parsed(texts))


def _parsed(texts: Texts) -> tuple[Parsed, Mapping[str, Scorecard], list[Finding]]:
    parsed = parse_files(texts.files, shipped=True)
    findings: list[Finding] = []
    library = {}
    for raw in parsed.scorecards:
        card = _resolved(raw, parsed.scorecards, findings)
        if card is not None:
            library[card.scorecard] = card
    return parsed, library, findings


def _active(
    own: Parsed, raw: list[RawScorecard], settings: Settings, library: Mapping[str, Scorecard],
    findings: list[Finding],
) -> dict[str, Scorecard]:
    active: dict[str, Scorecard] = {}
    for number, name in enumerate(settings.scorecards):
        if name in library:
            active[name] = library[name]
        elif name not in {card.name for card in own.scorecards}:
            findings.append(Finding("HF-E053", "error", settings.at("scorecards", number),
                                    f"no scorecard that ships is called {name!r}",
                                    f"these ship: {', '.join(sorted(library))}", nearest(name, library)))
    for card in own.scorecards:
        resolved = _resolved(card, raw, findings)
        if resolved is not None:
            active[resolved.scorecard] = resolved
    return active


def _resolved(raw: RawScorecard, others: list[RawScorecard], findings: list[Finding]) -> Scorecard | None:
    whole = resolve(raw, others, findings)
    if whole is None:
        return None
    card, found = validate(Scorecard, whole.data, whole.places)
    findings += found
    return card

