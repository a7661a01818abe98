"""What expressions may hold, in words, with an example each. A test parses the examples and finds none missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One operator or function: how it is written, what it gives, and what becomes of null."""

    example: str
    about: str
    null: str


_ANY = "null where a part is null"

FORMS: tuple[Form, ...] = (
    Form("mrr", "the value of that name", "null where it is unknown"),
    Form("12, 0.5, 'text', true, null", "written values", ""),
    Form("a + b, a - b, a * b, -a", "arithmetic in double precision", _ANY),
    Form("a / b", "division in double precision", "null where b is 0 or a part is null"),
    Form("mod(a, b)", "the remainder; `%` is refused", "null where b is 0 or a part is null"),
    Form("a = b, a <> b, a > b, a >= b, a < b, a <= b", "comparison; a text in quotes beside a date is a date", _ANY),
    Form("a between 1 and 5", "both ends belong to it", _ANY),
    Form("a in (1, 2)", "one of a list", _ANY),
    Form("a is null, a is not null, a is true", "never unknown", "true or false, also for null"),
    Form("a and b, a or b, not a", "conditions of three values; a number is true where it is not 0",
         "false and null is false, true or null is true, else null"),
    Form("(a)", "brackets", ""),
    Form("name like 'A%', name ilike 'a%'", "a pattern in quotes; ilike ignores case", _ANY),
    Form("contains(name, 'x'), starts_with(name, 'x'), ends_with(name, 'x')", "parts of a text", _ANY),
    Form("lower(name), upper(name), trim(name), length(name)", "a text changed or measured", _ANY),
    Form("substring(name, 1, 3)", "start from 1 and length, written as numbers", _ANY),
    Form("name || plan", "two texts in a row", _ANY),
    Form("concat(name, plan)", "texts in a row", "null counts as an empty text"),
    Form("case when a > 1 then 2 else 3 end", "the first branch whose condition is true", "null without else"),
    Form("if(a > 1, 2, 3)", "one of two values", "an unknown condition gives the second value"),
    Form("coalesce(a, b)", "the first value that is known", "null where all are"),
    Form("nullif(a, b)", "null where both are the same, else a", "a where b is null"),
    Form("greatest(a, b), least(a, b)", "the largest or smallest known value", "null parts are passed over"),
    Form("abs(a), ceil(a), floor(a), round(a, 2)", "round goes away from zero at the half; 0 to 9 digits", _ANY),
    Form("ln(a), exp(a), sqrt(a), pow(a, b)", "functions in double precision", "null where there is no finite answer"),
    Form("days_between(started_on, renews_on)", "days from the first date to the second", _ANY),
    Form("cast(a as integer), try_cast(a as date)",
         "to text, integer, number (double), date, timestamp or boolean; both mean the same",
         "a value that does not fit gives null"),
)
"""In the order of the reference."""
