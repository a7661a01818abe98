"""A source is either files or a table or query of a database."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule


class SourcePlace(Rule):
    """A source is either files or a table or query of a database."""

    ids = ("HF-E064",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for source in draft.own.sources:
            if (source.files is None) == (source.sql is None):
                yield self.found("HF-E064", source.at("source"), f"{source.source} needs either files or sql",
                                 "files: exports/crm-*.csv")
            sql = source.sql
            if sql is not None and ((sql.url is None) == (sql.url_env is None)
                                    or (sql.table is None) == (sql.query is None)):
                yield self.found("HF-E064", source.at("sql"),
                                 "sql needs one of url and url_env, and one of table and query",
                                 "url_env keeps a password out of the file")
