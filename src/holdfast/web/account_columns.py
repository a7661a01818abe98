"""The columns of the table of all accounts: what each shows, sorts by, and writes to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.charts.number import number, percent
from holdfast.reports.portfolio_figures import reasons_line, step_words
from holdfast.reports.words import day_short, delta, money, name_words

from .book import Row

Shown = Callable[[Row, str], str]


@dataclass(frozen=True)
class Column:
    """``field`` is what it sorts by, empty where nothing is; ``written`` are its columns in a file.

    ``shown`` makes the words of a row and the currency; None for the score, which is drawn.
    """

    words: str
    field: str
    shown: Shown | None
    written: tuple[str, ...]
    look: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it is set at the right."""
        return "num" in self.look


def _amount(field: str) -> Shown:
    return lambda row, currency: "unknown" if row.get(field) is None else money(row[field], currency)


def _name(field: str) -> Shown:
    return lambda row, _: name_words(row[field]) if row.get(field) else "–"


def _count(field: str, unit: str = "") -> Shown:
    return lambda row, _: "unknown" if row.get(field) is None else f"{number(row[field])}{unit}"


COLUMNS: Mapping[str, Column] = {
    "score": Column("Score", "score", None, ("score", "band", "coverage")),
    "arr": Column("ARR", "arr", _amount("arr"), ("arr",), "num strong"),
    "mrr": Column("MRR", "mrr", _amount("mrr"), ("mrr",), "num"),
    "delta": Column("7 days", "delta_7d", lambda row, _: delta(row["delta_7d"]), ("delta_7d",), "num"),
    "before": Column("Score before", "score_before", _count("score_before"), ("score_before", "band_before"), "num"),
    "renews": Column("Renews", "renews_on", lambda row, _: day_short(row["renews_on"], row["as_of"])
                     if row.get("renews_on") else "unknown", ("renews_on",), "nowrap"),
    "tenure": Column("Customer for", "tenure_days", _count("tenure_days", " d"), ("tenure_days",), "num"),
    "seats": Column("Seats", "seats", _count("seats"), ("seats",), "num"),
    "owner": Column("Owner", "owner_name", lambda row, _: row["owner_name"] or row["owner"] or "No owner", ("owner",)),
    "segment": Column("Segment", "segment", _name("segment"), ("segment",)),
    "value_tier": Column("Tier", "value_tier", _name("value_tier"), ("value_tier",)),
    "lifecycle": Column("Stage", "lifecycle", _name("lifecycle"), ("lifecycle",)),
    "industry": Column("Industry", "industry", _name("industry"), ("industry",)),
    "country": Column("Country", "country", lambda row, _: str(row.get("country") or "–"), ("country",)),
    "scorecard": Column("Scorecard", "scorecard", lambda row, _: f"{name_words(row['scorecard'])} v{row['version']}"
                        if row.get("scorecard") else "–", ("scorecard", "version")),
    "missing": Column("Has data", "coverage", lambda row, _: "unknown" if row.get("coverage") is None
                      else percent(row["coverage"]), ("coverage",), "num"),
    "why": Column("Why", "", lambda row, _: reasons_line(row), ("reasons",), "second"),
    "step": Column("Next step", "", lambda row, _: step_words(row.get("next_step")) or "–", ("next_step",)),
}
"""Name in the address -> column, in the order of the table."""
USUAL = ("score", "arr", "delta", "renews", "owner", "segment", "why", "step")
WHOSE = ("account_id", "name")
"""What every file begins with."""


def chosen_columns(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of these names in the order of the table; the usual ones where none of them is one.

    >>> chosen_columns(["step", "arr", "password"])
    ('arr', 'step')
    """
    wanted = set(names)
    return tuple(name for name in COLUMNS if name in wanted) or USUAL


def file_heads(names: Iterable[str]) -> list[str]:
    """The columns of a file that holds these columns of the table."""
    return list(dict.fromkeys([*WHOSE, *(field for name in names for field in COLUMNS[name].written)]))


def file_values(row: Row, heads: Iterable[str]) -> list[Any]:
    """The cells of a row of such a file: amounts and days as they are, not as they are shown."""
    told = {"reasons": reasons_line, "next_step": lambda one: step_words(one.get("next_step"))}
    return [told[head](row) if head in told else row.get(head) for head in heads]
