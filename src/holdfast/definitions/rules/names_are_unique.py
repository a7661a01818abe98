"""No name is given twice."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.place import Place

from .rule import Rule


class NamesAreUnique(Rule):
    """No name is given twice."""

    ids = ("HF-E041",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        own = draft.own
        named: list[tuple[str, str, Place]] = [
            *(("metric", m.name, m.at(key=True)) for m in own.metrics),
            *(("source", s.source, s.at("source")) for s in own.sources),
            *(("scorecard", c.name, c.places.of(("scorecard",))) for c in own.scorecards),
            *(("segment", s.segment, s.at("segment")) for s in own.segments or ()),
            *(("signal", s.signal, s.at("signal")) for s in own.signals),
            *(("green check", c.check, c.at("check")) for c in own.green_checks),
            *(("service tier", s.tier, s.at("tier")) for s in own.service or ()),
            *(("usage pattern", u.pattern, u.at("pattern")) for u in own.usage_patterns or ()),
            *(("user segment", u.segment, u.at("segment")) for u in own.user_segments or ()),
            *(("behaviour", b.behaviour, b.at("behaviour")) for b in own.behaviours or ()),
            *(("stage", s.stage, s.at("stage")) for s in own.lifecycle or ()),
            *(("playbook", p.playbook, p.at("playbook")) for p in own.playbooks),
            *(("escalation", e.escalation, e.at("escalation")) for e in own.escalations or ()),
            *(("save offer", o.offer, o.at("offer")) for o in own.offers or ()),
            *(("review", r.review, r.at("review")) for r in own.reviews or ()),
            *(("person", p.email.lower(), p.at("email")) for p in draft.people.people),
            *(("team", t.team, t.at("team")) for t in draft.people.teams),
            *(("milestone", m.milestone, m.at("milestone")) for m in draft.features.milestones),
        ]
        first: dict[tuple[str, str], Place] = {}
        for kind, name, at in named:
            if (kind, name) in first:
                yield self.found("HF-E041", at, f"the {kind} {name!r} is defined already in {first[kind, name]}",
                                 "give one of them another name")
            first.setdefault((kind, name), at)
