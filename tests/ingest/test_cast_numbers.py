"""Numbers: by the stated decimal sign, finite, in range; everything else is set aside with its reason."""

from __future__ import annotations

from decimal import Decimal

import pytest


def outcome(load, value, kind="revenue", **more):
    """The value of one cell cast to a column of ``account`` or ``exchange_rate``, or the reason."""
    quoted = '"' + value.replace('"', '""') + '"'
    if kind == "rate":
        data = f"currency,base,date,rate\nUSD,EUR,2026-01-02,{quoted}\n"
        records = {"exchange_rate": {"currency": "currency", "base": "base", "date": "date", "rate": "rate"}}
    else:
        data = f"id,{kind}\n1,{quoted}\n"
        records = {"account": {"account_id": "id", kind: kind}}
    found = load(data, records, **({"delimiter": ","} | more))
    return found.rows[0][kind] if found.rows else found.rejects[0]["reason"]


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1234.5", "1234.5", "bad_number"),
        ("1,234.50", "1234.5", "bad_number"),
        ("1.234,50", "bad_number", "1234.5"),
        ("1 234,50", "bad_number", "1234.5"),
        ("1 234.50", "1234.5", "bad_number"),
        ("1\u00a0234\u00a0567", "1234567", "1234567"),
        ("1'234.50", "1234.5", "bad_number"),
        ("1,234", "1234", "1.234"),
        ("1.234", "1.234", "1234"),
        ("1,23", "bad_number", "1.23"),
        ("12,34,567.00", "bad_number", "bad_number"),
        ("(12.00)", "-12", "bad_number"),
        ("(12,00)", "bad_number", "-12"),
        ("12-", "-12", "-12"),
        ("-12", "-12", "-12"),
        ("−12", "-12", "-12"),
        ("+12", "12", "12"),
        ("$1,200.00", "1200", "bad_number"),
        ("-$5", "-5", "-5"),
        ("1.200,00 €", "bad_number", "1200"),
        ("$1k", "bad_number", "bad_number"),
        ("12%", "bad_number", "bad_number"),
        ("٣", "bad_number", "bad_number"),
        ("1_000", "bad_number", "bad_number"),
        ("0x10", "bad_number", "bad_number"),
        ("--5", "bad_number", "bad_number"),
        ("(5", "bad_number", "bad_number"),
        ("-5-", "bad_number", "bad_number"),
        ("1e3", "1000", "1000"),
        (".5", "0.5", "bad_number"),
        ("one", "bad_number", "bad_number"),
        ("-0", "0", "0"),
        ("  7 ", "7", "7"),
        ("1.23456789", "1.234568", "bad_number"),
    ],
)
def test_b5_numbers_are_read_by_the_configured_decimal_sign(load, text, point, comma):
    for decimal, expected in ((".", point), (",", comma)):
        value = outcome(load, text, decimal=decimal)
        assert value == (expected if expected == "bad_number" else Decimal(expected)), decimal


def test_b5_two_ways_of_writing_in_one_column_are_not_guessed(load, accounts):
    data = 'id,name,staff,created,revenue\n1,a,,,"1,234.50"\n2,b,,,"1.234,50"\n3,c,,,7\n'
    found = load(data, accounts)
    assert found.column("revenue") == [Decimal("1234.5"), Decimal("7")]
    assert found.reasons == {3: "bad_number"}
    assert found.rejects[0]["column"] == "revenue"
    assert found.rejects[0]["value"] == "1.234,50"
    assert "1.234,50" not in found.rejects[0]["detail"]


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-Infinity", "1e400", "-1e400"])
@pytest.mark.parametrize("kind", ["revenue", "employee_count", "rate"])
def test_b7_what_is_not_finite_is_set_aside(load, text, kind):
    assert outcome(load, text, kind) == "not_finite"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("1e22", "employee_count", "out_of_range"),
        ("9223372036854775808", "employee_count", "out_of_range"),
        ("9223372036854775807", "employee_count", 9223372036854775807),
        ("12.0", "employee_count", 12),
        ("12.5", "employee_count", "bad_number"),
        ("1e12", "revenue", "out_of_range"),
        ("999999999999.999999", "revenue", Decimal("999999999999.999999")),
        ("1e22", "rate", 1e22),
        ("-0", "rate", 0.0),
    ],
)
def test_b7_ranges(load, text, kind, expected):
    value = outcome(load, text, kind)
    assert value == expected
    assert str(value) != "-0.0"


def test_b7_ids_stay_text(load, accounts):
    found = load("id,name,staff,created,revenue\n007,Bond,1,,\n7,Seven,1,,\n1e5,Sci,1,,\n", accounts)
    assert found.column("account_id") == ["007", "7", "1e5"]


@pytest.mark.parametrize(
    ("factor", "text", "expected"),
    [(60, "74", "4440"), (0.01, "123456789012.34", "1234567890.1234"), (1 / 3, "3", "1")],
)
def test_a_unit_factor_is_exact_where_it_can_be(load, factor, text, expected):
    records = {"account": {"account_id": "id", "revenue": {"column": "revenue", "unit_factor": factor}}}
    assert load(f"id,revenue\n1,{text}\n", records).column("revenue") == [Decimal(expected)]
