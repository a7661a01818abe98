"""Definition files as typed objects; scorecards stay raw until ``extends`` is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from .acceptance import Acceptance, acceptances
from .behaviour import Behaviour, LifecycleStage
from .document import Document, Places
from .escalation import Escalation
from .features import Features
from .finding import Finding
from .green_check import GreenCheck
from .metric import Metric
from .model import Definition
from .people import People
from .playbook import Playbook
from .review import Review
from .save_offer import SaveOffer
from .segment import Segment
from .service_tier import ServiceTier, UsagePattern
from .settings import Settings
from .signal import Signal
from .signal_table import SignalTable
from .source import Source
from .user_segment import UserSegment
from .validate import validate
from .yaml_loader import load_document

D = TypeVar("D", bound=Definition)
LISTS = ("segments.yml", "escalation.yml", "save_offers.yml", "reviews.yml", "signal_tables.yml", "service.yml",
         "usage_patterns.yml", "user_segments.yml", "behaviours.yml", "lifecycle.yml")
"""Single files that may also be a bare list."""


@dataclass(frozen=True)
class RawScorecard:
    """A scorecard file before its ``extends`` is resolved."""

    name: str
    data: dict[Any, Any]
    places: Places
    shipped: bool


@dataclass
class Parsed:
    """What a set of files holds. Lists keep duplicates, so that a rule can name them."""

    settings: Settings | None = None
    people: People | None = None
    features: Features | None = None
    sources: list[Source] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    scorecards: list[RawScorecard] = field(default_factory=list)
    segments: list[Segment] | None = None
    signals: list[Signal] = field(default_factory=list)
    playbooks: list[Playbook] = field(default_factory=list)
    green_checks: list[GreenCheck] = field(default_factory=list)
    escalations: list[Escalation] | None = None
    offers: list[SaveOffer] | None = None
    reviews: list[Review] | None = None
    service: list[ServiceTier] | None = None
    usage_patterns: list[UsagePattern] | None = None
    user_segments: list[UserSegment] | None = None
    behaviours: list[Behaviour] | None = None
    lifecycle: list[LifecycleStage] | None = None
    signal_tables: list[SignalTable] = field(default_factory=list)
    flat: Mapping[str, Any] = field(default_factory=dict)
    accepted: list[Acceptance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """folders and single files in which something could not be read, so that names may be missing"""
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(folder, name) of definitions that are there but not valid"""


def parse_files(files: Mapping[str, str], shipped: bool = False) -> Parsed:
    """Everything that ``files`` hold, and every finding on the way."""
    parsed = Parsed()
    for name, text in files.items():
        label = f"builtin/{name}" if shipped else name
        document, findings = load_document(label, text)
        if document is not None:
            if isinstance(document.data, dict) and not name.startswith("scorecards/"):
                accept = document.data.pop("accept", None)
                parsed.accepted += acceptances(label, accept, document.places, findings)
            findings += _take(parsed, name, document, shipped)
        else:
            parsed.unread |= {name.partition("/")[0]} if findings else set()
        parsed.findings += findings
    return parsed


def _take(parsed: Parsed, name: str, document: Document, shipped: bool) -> list[Finding]:
    data, places = document.data, document.places
    if data is None:
        data = {}
    if not isinstance(data, dict) and name not in LISTS:
        return [Finding("HF-E012", "error", places.top, "the file holds no keys with values")]
    findings: list[Finding] = []
    stem = PurePosixPath(name).stem
    match name.partition("/")[0]:
        case "holdfast.yml":
            parsed.settings, findings = validate(Settings, data, places)
        case "people.yml":
            parsed.people, findings = validate(People, data, places)
        case "features.yml":
            parsed.features, findings = validate(Features, data, places)
        case "segments.yml":
            parsed.segments = list(_listed(Segment, "segments", data, places, findings))
        case "escalation.yml":
            parsed.escalations = list(_listed(Escalation, "escalation", data, places, findings))
        case "save_offers.yml":
            parsed.offers = list(_listed(SaveOffer, "save_offers", data, places, findings))
        case "reviews.yml":
            parsed.reviews = list(_listed(Review, "reviews", data, places, findings))
        case "service.yml":
            parsed.service = list(_listed(ServiceTier, "service", data, places, findings))
        case "usage_patterns.yml":
            parsed.usage_patterns = list(_listed(UsagePattern, "usage_patterns", data, places, findings))
        case "user_segments.yml":
            parsed.user_segments = list(_listed(UserSegment, "user_segments", data, places, findings))
        case "behaviours.yml":
            parsed.behaviours = list(_listed(Behaviour, "behaviours", data, places, findings))
        case "lifecycle.yml":
            parsed.lifecycle = list(_listed(LifecycleStage, "lifecycle", data, places, findings))
        case "signal_tables.yml":
            parsed.signal_tables += _listed(SignalTable, "signal_tables", data, places, findings)
        case "signals":
            before = len(findings)
            parsed.signals += _listed(Signal, "signals", data, places, findings)
            parsed.unread |= {"signals"} if len(findings) > before else set()
        case "green_checks":
            parsed.green_checks += _listed(GreenCheck, "green_checks", data, places, findings)
        case "playbooks":
            playbook, findings = validate(Playbook, {"playbook": stem, **data}, places)
            parsed.playbooks += [playbook] if playbook else []
            parsed.broken |= {("playbooks", str(data.get("playbook", stem)))} if playbook is None else set()
        case "flat.yml":
            parsed.flat = data
        case "sources":
            source, findings = validate(Source, {"source": stem, **data}, places)
            parsed.sources += [source] if source else []
            parsed.broken |= {("sources", str(data.get("source", stem)))} if source is None else set()
        case "metrics":
            parsed.metrics += _metrics(stem, data, places, findings, parsed.broken)
        case "scorecards":
            parsed.accepted += acceptances(document.file, data.get("accept"), places, findings)
            parsed.scorecards.append(
                RawScorecard(str(data.get("scorecard", stem)), {"scorecard": stem, **data}, places, shipped)
            )
    return findings


def _metrics(
    stem: str, data: dict[Any, Any], places: Places, findings: list[Finding], broken: set[tuple[str, str]]
) -> Iterator[Metric]:
    content = _content("metrics", data, places, findings)
    if not isinstance(content, dict):
        return
    for name, definition in content.items():
        inner = places.below(("metrics", str(name)))
        if isinstance(definition, dict):
            definition = {"family": stem, **definition, "name": str(name)}
        metric, found = validate(Metric, definition, inner)
        findings += found
        if metric is None:
            broken.add(("metrics", str(name)))
        else:
            yield metric


def _listed(
    kind: type[D], key: str, data: Any, places: Places, findings: list[Finding]
) -> Iterator[D]:
    content = _content(key, data, places, findings)
    if not isinstance(content, list):
        if content is not None:
            findings.append(Finding("HF-E012", "error", places.of((key,)), "a list is wanted"))
        return
    path = (key,) if isinstance(data, dict) else ()
    for number, item in enumerate(content):
        result, found = validate(kind, item, places.below((*path, str(number))))
        findings += found
        if result is not None:
            yield result


def _content(key: str, data: Any, places: Places, findings: list[Finding]) -> Any:
    if not isinstance(data, dict):
        return data
    for other in data:
        if other != key:
            findings.append(Finding("HF-E010", "error", places.of_key((str(other),)),
                                    f"the key {other!r} is not known", f"known here: accept, {key}", key))
    content = data.get(key)
    if content is None:
        return None
    if key == "metrics" and not isinstance(content, dict):
        findings.append(Finding("HF-E012", "error", places.of((key,)), "names with definitions are wanted"))
    return content

