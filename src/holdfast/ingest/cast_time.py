"""Text to dates and times. Without a format only ISO 8601 is read; day and month are never guessed."""

from __future__ import annotations

from .cast import Cast
from .sql_text import literal, matches

FIRST_YEAR, LAST_YEAR = 1990, 2100
DAY = r"(\d{4}-\d{2}-\d{2}|\d{8})"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?"
OFFSET = r" ?([zZ]|UTC|GMT|[-+]\d{2}(:?\d{2})?)"
ISO = rf"{DAY}([T ]{CLOCK}({OFFSET})?)?"
ISO_PLAIN = rf"\d{{4}}-\d{{2}}-\d{{2}}([T ]{CLOCK.replace('[.,]', '[.]')})?"
ISO_UTC = rf"\d{{4}}-\d{{2}}-\d{{2}}[T ]{CLOCK.replace('[.,]', '[.]')}[zZ]"
ISO_FORM = r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{8}"
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
    zoned = f"CASE WHEN {_seconds(text)} THEN false ELSE coalesce({matches(text, ISO_ZONED)}, false) END"
    swapped = f"CASE WHEN {matches(text, SWAPPABLE)} THEN 'ambiguous_date' ELSE 'bad_date' END"
    # what has the form of ISO 8601 but is no day, such as 29 February in most years, is plainly wrong
    known = f"CASE WHEN {matches(text, ISO_FORM)} THEN 'bad_date' ELSE {swapped} END"
    return Cast(_iso_time(text), _within(f"{text}s"), _reason(text, known), zoned)


def _seconds(text: str) -> str:
    """Whether the text, where it is a time at all, ends with its whole seconds, and so names no zone."""
    return f"(length({text}) = 19 AND substr({text}, 17, 1) = ':')"


def _iso_time(text: str) -> str:
    return (
        f"CASE WHEN {matches(text, ISO_PLAIN)} THEN try_cast({text} AS TIMESTAMP) "
        f"WHEN {matches(text, ISO_UTC)} THEN try_cast(rtrim({text}, 'zZ') AS TIMESTAMP) "
        f"WHEN {matches(text, ISO_ZONED)} THEN make_timestamp(epoch_us(try_cast({_tidy(text)} AS TIMESTAMPTZ))) "
        f"WHEN {matches(text, ISO)} THEN try_cast({_tidy(text)} AS TIMESTAMP) END"
    )


def _tidy(text: str) -> str:
    dashed = f"regexp_replace({text}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})', '\\1-\\2-\\3')"
    zone = f"regexp_replace({dashed}, ' ?([zZ]|UTC|GMT)$', '+00:00')"
    short = f"regexp_replace({zone}, '([-+]\\d{{2}}):?(\\d{{2}})?$', '\\1:\\2')"
    short = f"regexp_replace({short}, '([T ]\\d{{2}}:\\d{{2}})([-+ ])', '\\1:00\\2')"
    exact = f"CASE WHEN {matches(text, ISO_ZONED)} THEN rtrim({short}, ':') ELSE {dashed} END"
    return f"replace({exact}, ',', '.')"


def typed_time(value: str, utc: bool) -> Cast:
    """The cast of a moment that the export holds as such; ``utc`` says that it names its zone."""
    step = f"make_timestamp(epoch_us({value}))" if utc else f"CAST({value} AS TIMESTAMP)"
    reason = f"CASE WHEN {value} IS NOT NULL AND {value}v IS NULL THEN 'out_of_range' END"
    return Cast(step, _within(f"{value}s"), reason, str(utc).lower())


def _unix(text: str, factor: int) -> Cast:
    whole = rf"-?\d{{1,{18 - len(str(factor)) + 1}}}"  # no overflow; wide decimals are slow to read
    micros = (
        f"CASE WHEN {matches(text, whole)} THEN try_cast({text} AS BIGINT) * {factor} "
        f"ELSE try_cast(round(try_cast({text} AS DECIMAL(38,9)) * {factor}) AS BIGINT) END"
    )
    limit = 5_000_000_000 * 1_000_000
    fits = matches(text, NUMBER)
    step = f"CASE WHEN {fits} AND {micros} BETWEEN -{limit} AND {limit} THEN make_timestamp({micros}) END"
    wrong = f"CASE WHEN {fits} THEN 'out_of_range' ELSE 'bad_date' END"
    return Cast(step, _within(f"{text}s"), _reason(text, wrong), "true")


def _format(text: str, format: str) -> Cast:
    parsed = f"try_strptime({text}, {literal(format)})"
    own = "true" if "%z" in format else "false"
    step = f"make_timestamp(epoch_us({parsed}))"
    zoned = own
    if not (format.startswith("%Y") and format.find("%d") < format.find("%m")):
        zoned = f"CASE WHEN {parsed} IS NOT NULL THEN {own} ELSE coalesce({matches(text, ISO_ZONED)}, false) END"
        step = f"coalesce({step}, {_iso_time(text)})"
    return Cast(step, _within(f"{text}s"), _reason(text, "'bad_date'"), zoned)


def _reason(text: str, unread: str) -> str:
    return (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN {text}s IS NULL THEN {unread} "
        f"WHEN {text}v IS NULL THEN 'out_of_range' END"
    )


def _within(value: str) -> str:
    return f"CASE WHEN year({value}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {value} END"
