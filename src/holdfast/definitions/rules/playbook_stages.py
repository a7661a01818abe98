"""The stages of a playbook follow each other, and its steps use messages that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.playbook import Playbook

from .rule import Rule

LEAST = 3


class PlaybookStages(Rule):
    """The stages of a playbook follow each other, and its steps use messages that it holds."""

    ids = ("HF-E113", "HF-E115", "HF-A014")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for book in draft.playbooks.values():
            yield from self._days(book)
            yield from self._drafts(book)
            if len(book.stages) < LEAST:
                yield self.found("HF-A014", book.at("stages"), f"{len(book.stages)} stages are dated",
                                 "say what happens first, next, and in the weeks after")

    def _days(self, book: Playbook) -> Iterator[Finding]:
        for number, stage in enumerate(book.stages):
            if not 1 <= stage.from_day <= stage.to_day:
                yield self.found("HF-E113", book.at("stages", number, "from_day"),
                                 f"the stage runs from day {stage.from_day} to day {stage.to_day}",
                                 "days count from 1, and the last is not before the first")
            if not stage.steps:
                yield self.found("HF-E113", book.at("stages", number, "steps"), "the stage holds no step",
                                 "say what is done, and by which role")
        for number, (before, after) in enumerate(pairwise(book.stages), 1):
            if after.from_day <= before.to_day:
                yield self.found("HF-E113", book.at("stages", number, "from_day"),
                                 f"day {after.from_day} begins the stage; the one before ends on day {before.to_day}",
                                 "let each stage begin after the one before")
        if book.stages and book.success.by_day < book.stages[0].from_day:
            yield self.found("HF-E113", book.at("success", "by_day"), "success is due before the first stage begins",
                             "give a later day")

    def _drafts(self, book: Playbook) -> Iterator[Finding]:
        for s, stage in enumerate(book.stages):
            for n, step in enumerate(stage.steps):
                if step.draft is not None and step.draft not in book.drafts:
                    yield self.found("HF-E115", book.at("stages", s, "steps", n, "draft"),
                                     f"the playbook holds no message {step.draft!r}",
                                     "write it below `drafts`", nearest(step.draft, book.drafts))
