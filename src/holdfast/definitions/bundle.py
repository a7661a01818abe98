"""All definitions of a workspace together: what the company decided, built-ins included."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .behaviour import Behaviour, LifecycleStage
from .escalation import Escalation
from .features import Features
from .finding import Finding
from .green_check import GreenCheck
from .metric import Metric
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


@dataclass(frozen=True)
class Definitions:
    """Everything the company decided. ``load_files(d.files)`` gives an equal object.

    ``scorecards`` are the active ones with ``extends`` resolved; ``library`` holds every scorecard that
    ships; ``files`` holds the texts of the workspace's own files, ``shipped`` those of the built-in ones;
    ``flat`` is ``builtin/flat.yml`` as plain data; ``findings`` are the warnings and advice of the check
    that let it pass.
    """

    settings: Settings
    people: People
    features: Features
    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    scorecards: Mapping[str, Scorecard]
    library: Mapping[str, Scorecard]
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
    files: Mapping[str, str] = field(repr=False)
    shipped: Mapping[str, str] = field(repr=False)
    hash: str
    findings: tuple[Finding, ...] = field(default=(), repr=False, compare=False)


def hash_of(files: Mapping[str, str], shipped: Mapping[str, str]) -> str:
    """SHA-256 over names and texts of the workspace's files and of the built-in ones, as hex.

    >>> hash_of({}, {})[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    for name, text in sorted([*files.items(), *((f"builtin/{n}", t) for n, t in shipped.items())]):
        for part in (name, text):
            encoded = part.encode()
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()
