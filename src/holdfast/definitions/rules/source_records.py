"""A source fills columns that its records have, the required ones included."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import columns
from holdfast.definitions.nearest import nearest
from holdfast.records import RECORDS

from .rule import Rule


class SourceRecords(Rule):
    """A source fills columns that its records have, the required ones included."""

    ids = ("HF-E060", "HF-E061", "HF-E066")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for source in draft.own.sources:
            for number, mapped in enumerate(source.records):
                if mapped.record not in RECORDS:
                    yield self.found("HF-E060", source.at("records", number, "record"),
                                     f"the record {mapped.record!r} is not known",
                                     f"one of: {', '.join(RECORDS)}", nearest(mapped.record, RECORDS))
                    continue
                known = columns(mapped.record)
                for name in mapped.columns:
                    if name not in known:
                        yield self.found("HF-E061", mapped.at("columns", name, key=True),
                                         f"{mapped.record} has no column {name!r}",
                                         f"its columns: {', '.join(known)}", nearest(name, known))
                for name, column in known.items():
                    if column.required and name not in mapped.columns:
                        yield self.found("HF-E066", mapped.at("columns", key=True),
                                         f"{mapped.record} needs the column {name!r}", "map it")
