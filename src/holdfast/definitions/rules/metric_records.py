"""A metric over rows names a record and derivations that exist."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import DERIVED
from holdfast.definitions.nearest import nearest
from holdfast.records import READABLE

from .row_uses import OF_ROWS
from .rule import Rule


class MetricRecords(Rule):
    """A metric over rows names a record and derivations that exist."""

    ids = ("HF-E027", "HF-E028")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.metrics.values():
            named = [] if metric.record is None else [(metric.record, metric.at("record"))]
            named += [(name, metric.at("reads", number)) for number, name in enumerate(metric.reads)]
            for name, at in named:
                if name not in READABLE:
                    yield self.found("HF-E027", at, f"the record {name!r} is not known",
                                     f"one of: {', '.join(READABLE)}", nearest(name, READABLE))
            for number, name in enumerate(metric.derived):
                if name not in DERIVED:
                    yield self.found("HF-E027", metric.at("derived", number),
                                     f"the derivation {name!r} is not known",
                                     f"one of: {', '.join(DERIVED)}", nearest(name, DERIVED))
            if metric.record is None and any(getattr(metric, name) is not None for name in OF_ROWS):
                yield self.found("HF-E028", metric.at(key=True), f"{metric.name} counts rows, but names no record",
                                 "add record: event, ticket, ...")
            if metric.detector is not None and metric.record not in (None, "event"):
                yield self.found("HF-E028", metric.at("record"), f"{metric.name} looks for changes of use, which "
                                 f"the record {metric.record!r} does not tell", "write record: event")
