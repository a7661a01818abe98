"""Headers: what is lacking, doubled, new or too much."""

from __future__ import annotations

import pytest

from holdfast.errors.ingest import BadHeader, MissingColumns


def test_b9_reordered_columns_change_nothing(load, accounts):
    one = load("id,name,staff,created,revenue\n1,Ann,5,2026-01-02,7\n", accounts)
    two = load("revenue,created,staff,name,id\n7,2026-01-02,5,Ann,1\n", accounts)
    assert one.rows == two.rows


def test_b9_extra_columns_are_kept_and_reported(load, accounts):
    found = load("id,name,staff,created,revenue,tier,colour\n1,Ann,5,,7,gold,\n", accounts)
    assert found.drift.extra == ("tier", "colour")
    assert found.rows[0]["attributes"] == '{"tier":"gold"}'


def test_b9_a_missing_optional_column_is_reported_and_empty(load, accounts):
    found = load("id,name\n1,Ann\n", accounts)
    assert found.drift.missing == ("staff", "created", "revenue")
    assert found.rows[0]["revenue"] is None


def test_b9_a_missing_required_column_refuses_the_file_and_names_the_nearest(load, accounts):
    with pytest.raises(MissingColumns, match="lacks the column 'id'; the nearest name is 'ids'"):
        load("ids,name,staff,created,revenue\n1,Ann,5,,7\n", accounts)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("id,name,name", "'name' stands twice"),
        ("id,,name", "column 2 has no name"),
        (",,", "the header row is empty"),
        (",".join(f"c{i}" for i in range(5_000)), "5,000 columns"),
    ],
    ids=["doubled", "empty name", "empty", "5,000 columns"],
)
def test_b9_bad_headers_are_refused_with_one_sentence(load, accounts, header, words):
    with pytest.raises(BadHeader, match=words):
        load(header + "\n", accounts)


def test_names_that_differ_in_case_only_are_two_columns(load):
    found = load("id,Name,name\n1,A,b\n", {"account": {"account_id": "id", "name": "name"}})
    assert (found.rows[0]["name"], found.rows[0]["attributes"]) == ("b", '{"Name":"A"}')


def test_a_header_over_two_lines(load):
    found = load('id,"first\nname"\n1,A\n', {"account": {"account_id": "id", "name": "first\nname"}})
    assert (found.rows[0]["name"], found.rows[0]["_line"]) == ("A", 3)


def test_sql_in_names_and_values_is_only_text(load):
    name = "x'); DROP TABLE raw; --"
    records = {"account": {"account_id": "id", "name": {"column": name, "map": {"a'b": "it's"}, "otherwise": "''"}}}
    found = load(f'id,"{name}","""quoted"""\n1,a\'b,z\n2,c,z\n', records)
    assert found.column("name") == ["it's", "''"]
    assert found.rows[0]["attributes"] == '{"\\"quoted\\"":"z"}'
