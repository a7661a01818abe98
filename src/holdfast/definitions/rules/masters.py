"""Masters name records or columns, and sources that exist."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import columns
from holdfast.definitions.nearest import nearest
from holdfast.records import RECORDS

from .rule import Rule


class Masters(Rule):
    """Masters name records or columns, and sources that exist."""

    ids = ("HF-E072",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for field, source in draft.settings.masters.items():
            record, _, column = field.partition(".")
            at = draft.settings.at("masters", field, key=True)
            if record not in RECORDS:
                yield self.found("HF-E072", at, f"the record {record!r} is not known",
                                 "write record or record.column", nearest(record, RECORDS))
            elif column and column not in columns(record):
                yield self.found("HF-E072", at, f"{record} has no column {column!r}", "",
                                 nearest(column, columns(record)))
            known = draft.names("sources") | {"holdfast"}
            if draft.complete("sources") and source not in known:
                yield self.found("HF-E072", draft.settings.at("masters", field),
                                 f"the source {source!r} is not known", "", nearest(source, known))
