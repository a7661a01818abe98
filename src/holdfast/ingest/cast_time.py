"""Text to dates and times. Without a format only ISO 8601 is read; day and month are never guessed."""

from __future__ import annotations

from .cast import Cast
from .sql_text import literal, matches

FIRST_YEAR, LAST_YEAR = 1990, 2100
DAY = r"(\d{4}-\d{2}-\d{2}|\d{8})"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?"
OFFSET = r" ?([zZ]|UTC|GMT|[-+]\d{2}(:?\d{2})?)"
ISO = rf"{DAY}([T ]{CLOCK}({OFFSET})?)?"
ISO_ZONED = rf"{DAY}[T ]{CLOCK}{OFFSET}"
SWAPPABLE = r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}([ T,].*)?"
NUMBER = r"-?\d{1,17}(\.\d+)?"


def cast_time(text: str, format: str) -> Cast:
    """The cast of ``text`` to a naive time. ``zoned`` says where that time is UTC already.

    ``format`` is ``iso``, ``unix``, ``unix_ms`` or a strptime format; next to a format that does not
    begin with a year, ISO 8601 is accepted too, because it cannot be mistaken.
    """
    if format in ("unix", "unix_ms"):
        return _unix(text, 1_000_000 if format == "unix" else 1_000)
    if format == "iso":
        return _iso(text)
    return _format(text, format)


def _iso(text: str) -> Cast:
    tidy = _tidy(text)
    zoned = matches(text, ISO_ZONED)
    value = (
        f"CASE WHEN NOT {matches(text, ISO)} THEN NULL "
        f"WHEN {zoned} THEN {_utc(tidy)} ELSE try_cast({tidy} AS TIMESTAMP) END"
    )
    reason = (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN {matches(text, ISO)} THEN {_range(value)} "
        f"WHEN {matches(text, SWAPPABLE)} THEN 'ambiguous_date' ELSE 'bad_date' END"
    )
    return Cast(_within(value), reason, f"coalesce({zoned}, false)")


def _tidy(text: str) -> str:
    dashed = f"regexp_replace({text}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})', '\\1-\\2-\\3')"
    zone = f"regexp_replace({dashed}, ' ?([zZ]|UTC|GMT)$', '+00:00')"
    short = f"regexp_replace({zone}, '([-+]\\d{{2}}):?(\\d{{2}})?$', '\\1:\\2')"
    exact = f"CASE WHEN {matches(text, ISO_ZONED)} THEN rtrim({short}, ':') ELSE {dashed} END"
    return f"replace({exact}, ',', '.')"


def _utc(tidy: str) -> str:
    return f"make_timestamp(epoch_us(try_cast({tidy} AS TIMESTAMPTZ)))"


def _unix(text: str, factor: int) -> Cast:
    micros = f"try_cast(round(try_cast({text} AS DECIMAL(38,9)) * {factor}) AS BIGINT)"
    limit = 5_000_000_000 * 1_000_000
    fits = matches(text, NUMBER)
    value = f"CASE WHEN {fits} AND {micros} BETWEEN -{limit} AND {limit} THEN make_timestamp({micros}) END"
    reason = (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN NOT {fits} THEN 'bad_date' "
        f"WHEN ({value}) IS NULL THEN 'out_of_range' ELSE {_range(value)} END"
    )
    return Cast(_within(value), reason, "true")


def _format(text: str, format: str) -> Cast:
    parsed = f"try_strptime({text}, {literal(format)})"
    zoned = "%z" in format
    value = f"make_timestamp(epoch_us({parsed}))" if zoned else f"CAST({parsed} AS TIMESTAMP)"
    if format.startswith("%Y"):
        reason = f"CASE WHEN {text} IS NOT NULL THEN {_range(value)} END"
        return Cast(_within(value), reason, "true" if zoned else "false")
    iso = _iso(text)
    both = f"coalesce({value}, {iso.value})"
    reason = f"CASE WHEN {text} IS NOT NULL THEN {_range(both)} END"
    own = "true" if zoned else "false"
    return Cast(_within(both), reason, f"CASE WHEN ({value}) IS NOT NULL THEN {own} ELSE {iso.zoned} END")


def _range(value: str) -> str:
    return (
        f"CASE WHEN ({value}) IS NULL THEN 'bad_date' "
        f"WHEN year({value}) NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN 'out_of_range' END"
    )


def _within(value: str) -> str:
    return f"CASE WHEN year({value}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {value} END"
