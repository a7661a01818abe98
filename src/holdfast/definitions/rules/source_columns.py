"""Each column is filled in exactly one way, and look-ups find their record."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import columns
from holdfast.definitions.nearest import nearest
from holdfast.definitions.source import ColumnMap
from holdfast.records import RECORDS

from .rule import Rule


class SourceColumns(Rule):
    """Each column is filled in exactly one way, and look-ups find their record."""

    ids = ("HF-E062", "HF-E063")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for source in draft.own.sources:
            if source.effective_at is not None:
                yield from self._column("effective_at", source.effective_at)
            for mapped in source.records:
                for name, column in mapped.columns.items():
                    yield from self._column(name, column)

    def _column(self, name: str, column: ColumnMap) -> Iterator[Finding]:
        given = [way for way in WAYS if getattr(column, way) is not None]
        if len(given) != 1:
            what = f"{' and '.join(given)} are given" if given else "nothing is given"
            yield self.found("HF-E062", column.at(), f"{name}: {what}; exactly one is wanted",
                             f"one of: {', '.join(WAYS)}")
        look = column.lookup
        if look is None:
            return
        if look.record not in RECORDS:
            yield self.found("HF-E063", look.at("record"), f"the record {look.record!r} is not known",
                             f"one of: {', '.join(RECORDS)}", nearest(look.record, RECORDS))
            return
        for part in ("by", "take"):
            wanted, known = getattr(look, part), columns(look.record)
            if wanted not in known:
                yield self.found("HF-E063", look.at(part), f"{look.record} has no column {wanted!r}",
                                 f"its columns: {', '.join(known)}", nearest(wanted, known))


WAYS = ("column", "value", "expression", "lookup")
