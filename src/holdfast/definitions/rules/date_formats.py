"""Date formats are iso, unix, unix_ms or made of known parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.place import Place

from .rule import Rule


class DateFormats(Rule):
    """Date formats are iso, unix, unix_ms or made of known parts."""

    ids = ("HF-E065",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for source in draft.own.sources:
            yield from self._format(source.date_format, source.at("date_format"))
            maps = [column for mapped in source.records for column in mapped.columns.values()]
            for column in [*maps, *([source.effective_at] if source.effective_at else [])]:
                if column.format is not None:
                    yield from self._format(column.format, column.at("format"))

    def _format(self, text: str, at: Place) -> Iterator[Finding]:
        if text in ("iso", "unix", "unix_ms"):
            return
        parts = re.findall(r"%(.?)", text)
        if not parts or set(parts) - set(PARTS) or not ({"Y", "y"} & set(parts) or {"s"} & set(parts)):
            yield self.found("HF-E065", at, f"{text!r} is not a date format",
                             "iso, unix, unix_ms, or parts such as %d.%m.%Y %H:%M")


PARTS = "YymdBbHIMSfpzZjaA%T"
