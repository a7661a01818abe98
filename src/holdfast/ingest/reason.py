"""Why a source row was quarantined: the closed list."""

from __future__ import annotations

from typing import Literal, get_args

Reason = Literal[
    "bad_row",
    "unterminated_quote",
    "bad_encoding",
    "too_long",
    "bad_number",
    "not_finite",
    "bad_date",
    "ambiguous_date",
    "out_of_range",
    "bad_boolean",
    "bad_json",
    "not_in_list",
    "missing_required",
    "future",
    "unresolved",
    "id_conflict",
]

REASONS: tuple[Reason, ...] = get_args(Reason)

HELP: dict[str, str] = {
    "bad_row": "The line has more or fewer fields than the header.",
    "unterminated_quote": "A quote opens in this line and never closes.",
    "bad_encoding": "The line holds bytes that are not text in its encoding. Set encoding: in the source.",
    "too_long": "The line or one of its fields is longer than is read.",
    "bad_number": "The value is not a number with that decimal sign. Set decimal: in the source.",
    "not_finite": "The value is NaN or infinite.",
    "bad_date": "The value is not a date in the format of the source. Set date_format: in the source.",
    "ambiguous_date": "Day and month could be swapped. Set date_format: in the source.",
    "out_of_range": "The value lies outside what the column can hold.",
    "bad_boolean": "The value is none of true, false, yes, no, 1, 0.",
    "bad_json": "The value is not valid JSON, or it is nested too deeply.",
    "not_in_list": "The value is not in the closed list of the column. Add it to map: in the source.",
    "missing_required": "A column that every row needs is empty.",
    "future": "The row says that it happened more than a day after now.",
    "unresolved": "The row points at something that is not known yet. It is tried again on every run.",
    "id_conflict": "Another row has the same id and different content.",
}
"""One sentence for each reason: what it means and what to do."""
