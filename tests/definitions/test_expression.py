"""Expressions: what is allowed, and what an attacker would write."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.definitions.expression import MAX_LENGTH, Expression
from holdfast.definitions.expression_error import ExpressionError

HOSTILE = [
    "mrr; drop table account", "mrr); drop table account; --", "1; select 1", ";", "select 1", "(select 1)",
    "mrr in (select mrr from account)", "exists(select 1)", "mrr = any(select 1)", "mrr union select 1",
    "(with x as (select 1) select * from x)", "case when (select 1) then 1 end", "account.mrr", "main.account.mrr",
    "*", "count(*)", "sum(mrr)", "min(mrr)", "row_number() over ()", "abs(mrr) over (order by name)",
    "abs(distinct mrr)", "read_csv('/etc/passwd')", "read_text('/etc/passwd')", "getenv('HOME')",
    "current_setting('x')", "pg_sleep(10)", "now()", "current_date", "random()", "nextval('s')", "version()",
    "attach 'x'", "copy account to 'x'", "install httpfs", "pragma database_list", "set memory_limit='1GB'",
    "create table x as select 1", "insert into account values (1)", "update account set mrr = 0",
    "mrr -> 2", "x -> x + 1", "mrr[1]", "{'a': 1}", "[1, 2]", "struct_pack(a := 1)", "$1", "?", ":name",
    "interval 1 day", "mrr + interval 1 month", "mrr at time zone 'UTC'", "mrr // 2", "mrr % 2", "a + b % 2",
    "mrr & 1", "mrr << 62", "regexp_matches(name, '(a+)+$')", "name similar to '(a|a)*b'", "name ~ '(a+)+'",
    "name glob '*'", "name like 'x' escape '!'", "name like other", "name like 'a\\b'", "repeat('x', 1000000000)",
    "range(1000000000)", "list_sum(range(10))", "lpad('x', 1000000000, 'x')", "cast(mrr as blob)",
    "cast(mrr as int[])", "cast(mrr as struct(a int))", "mrr::json", "try(1/0)", "mrr between symmetric 2 and 1",
    "trim(both 'x' from name)", "1e999", "9" * 400, "(mrr, 1)", "(mrr, 1) = (1, 2)", "mrr as x", "mrr order by 1",
    "", "   ", "'", "mrr >", "((mrr)", "mrr\x00", "/* mrr", "eval('1')", "__import__('os')", "{{ mrr }}",
    "mrr is distinct from 1", "columns('.*')", "unnest([1])", "macro(1)", "format('{}', mrr)", "chr(65)",
    "(" * 200 + "mrr" + ")" * 200, "not " * 300 + "strategic", "-" * 100 + "1", "+".join(["mrr"] * 500),
    "mrr + " * 300 + "1", "x" * (MAX_LENGTH + 1), "'" + "x" * MAX_LENGTH + "'",
    "/".join("(a" for _ in range(12)) + ")" * 12, "nullif(" * 12 + "a" + ", 1)" * 12,
    "case " * 9 + "a" + " when 1 then 2 when 2 then 3 when 4 then 5 end" * 9,
    "(" * 9 + "a" + " in (1, 2, 3, 4))" * 9,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_expressions_are_refused_with_a_reason(text):
    with pytest.raises(ExpressionError) as refused:
        Expression.parse(text)
    assert refused.value.reason
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(("text", "names"), [
    ("mrr", {"mrr"}),
    ("'%' = name", {"name"}),
    ("\"50% share\" > 1", {"50% share"}),
    ("segment = 'enterprise' and tenure_days >= 90", {"segment", "tenure_days"}),
    ("name not like 'x%' -- a remark", {"name"}),
    ("mod(a, 2) = 1", {"a"}),
    ("date '2026-03-29' < renews_on", {"renews_on"}),
    ("case plan when 'a' then 1 else 2 end", {"plan"}),
    ("not strategic", {"strategic"}),
    ("cast(x as number) / 2", {"x"}),
])
def test_names_are_those_of_the_columns(text, names):
    assert Expression.parse(text).names == names


def test_equal_texts_are_equal_expressions():
    assert Expression.parse("a > 1") == Expression.parse("a > 1")
    assert len({Expression.parse("a > 1"), Expression.parse("a > 1"), Expression.parse("a > 2")}) == 2


PIECES = ["\x00", "a", "1", "'x'", "(", ")", ",", ";", "select", "from", "in", "and", "not", "case", "when", "then",
          "end", "/", "%", "*", "-", "::", "int", ".", "[", "]", "{", "}", "->", "like", "between", "null", "--", "/*",
          "is", "cast", "as", "interval", "over", "$1", "?", "\\", '"', "'", "𝕏", " "]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_is_parsed_or_refused_never_worse(text):
    with suppress(ExpressionError):
        assert Expression.parse(text).tree is not None
