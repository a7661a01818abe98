"""Milestones say what they wait for, and key features belong to a class."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule


class FeaturesFit(Rule):
    """Milestones say what they wait for, and key features belong to a class."""

    ids = ("HF-E075", "HF-E076")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        features = draft.features
        for milestone in features.milestones:
            if (milestone.name is None) == (milestone.feature is None):
                yield self.found("HF-E075", milestone.at("milestone"),
                                 f"{milestone.milestone} needs either name or feature",
                                 "name: an event's name; feature: a feature's")
        known = {*features.core, *features.expansion, *features.advanced}
        for number, key in enumerate(features.key):
            if key not in known:
                yield self.found("HF-E076", features.at("key", number),
                                 f"{key!r} is a key feature, but in none of core, expansion and advanced",
                                 "add it to one of them", nearest(key, known))
