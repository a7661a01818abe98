"""CSV: which line is which row, whatever quotes and line ends do."""

from __future__ import annotations

import pytest

from holdfast.ingest import limits

CLEAN = 'id,name,staff,created,revenue\n1,Ann,5,2026-01-02,10.5\n2,"Bo, Ltd",6,2026-01-03,11\n3,Cy,7,2026-01-04,12\n'


def test_b2_an_unterminated_quote_takes_its_own_line_only(load, accounts):
    data = 'id,name,staff,created,revenue\n1,Ann,5,,1\n2,"Bo,6,,2\n3,Cy,7,,3\n4,"Di",8,,4\n5,"E ""x""",9,,5\n'
    found = load(data, accounts)
    assert found.reasons == {3: "unterminated_quote"}
    assert found.column("_line") == [2, 4, 5, 6]
    assert found.column("name") == ["Ann", "Cy", "Di", 'E "x"']
    assert found.rejects[0]["raw"] == b'2,"Bo,6,,2'


def test_b2_a_quote_open_at_the_end_of_the_file(load, accounts):
    found = load('id,name,staff,created,revenue\n1,Ann,5,,1\n2,"Bo,6,,2\n3,Cy,7,,3\n', accounts)
    assert found.reasons == {3: "unterminated_quote"}
    assert found.column("account_id") == ["1", "3"]


def test_b2_across_the_border_of_blocks(load, accounts, monkeypatch):
    rows = [f'{i},"na\nme {i}",5,,1' if i % 3 else f"{i},plain,5,,1" for i in range(400)]
    rows[200] = '200,"never closed,5,,1'
    data = "id,name,staff,created,revenue\n" + "\n".join(rows) + "\n"
    whole = load(data, accounts)
    monkeypatch.setattr(limits, "BLOCK_BYTES", 97)
    pieces = load(data, accounts)
    assert pieces == whole
    assert list(whole.reasons.values()) == ["unterminated_quote"]
    assert len(whole.rows) == 399
    assert whole.rows[1]["name"] == "na\nme 1"
    assert [whole.rows[i]["_line"] for i in (0, 1, 2, 3)] == [2, 3, 5, 7]


def test_a_field_over_several_lines_is_one_row_with_its_line_range(load, accounts):
    found = load('id,name,staff,created,revenue\n1,"two\n\nlines",bad,,1\n2,Bo,6,,1\n', accounts)
    assert [(r["line"], r["last_line"], r["reason"], r["column"], r["value"]) for r in found.rejects] == [
        (2, 4, "bad_number", "staff", "bad")
    ]
    assert found.column("_line") == [5]


def test_lines_that_a_quote_joins_to_no_proper_row_are_judged_one_by_one(load, accounts):
    found = load('id,name,staff,created,revenue\n1,"Bo\n2,Cy"\n3,Di,7,,1\n', accounts)
    assert found.reasons == {2: "unterminated_quote", 3: "bad_row"}
    assert found.column("account_id") == ["3"]


def test_a_quote_inside_a_field_is_only_a_character(load, accounts):
    found = load('id,name,staff,created,revenue\n1,5" pipe,5,,1\n2,5" and "x",6,,1\n3,4",1,,1\n', accounts)
    assert found.column("name") == ['5" pipe', '5" and "x"', '4"']


def test_even_quotes_that_still_open_a_field_do_not_swallow_the_next_row(load, accounts):
    found = load('id,name,staff,created,revenue\n1,5" pipe,"6,,1\n2,Bo,6,,1\n', accounts)
    assert found.reasons == {2: "unterminated_quote"}
    assert found.column("account_id") == ["2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda t: b"\xef\xbb\xbf" + t.encode(),
        lambda t: t.replace("\n", "\r\n").encode(),
        lambda t: t.replace("\n", "\r").encode(),
        lambda t: t.replace("\n", "\r\n", 2).encode(),
        lambda t: t.replace("\n", "\r", 1).encode(),
        lambda t: t.rstrip("\n").encode(),
        lambda t: (t.replace("\n", "\r\n") + "\r\n\r\n").encode(),
    ],
    ids=["bom", "crlf", "cr", "mixed", "cr then lf", "no last line end", "blank lines at the end"],
)
def test_b3_the_same_rows_whatever_the_line_ends(load, accounts, change, monkeypatch):
    clean = load(CLEAN, accounts)
    assert load(change(CLEAN), accounts) == clean
    for size in (1, 2, 7):
        monkeypatch.setattr(limits, "BLOCK_BYTES", max(size, 4))
        assert load(change(CLEAN), accounts) == clean


def test_wrong_numbers_of_fields_are_named_with_their_lines(load, accounts):
    found = load("id,name,staff,created,revenue\n1,Ann,5\n2,Bo,5,,1,7,8\n\n3,Cy,5,,1\n", accounts)
    assert [(r["line"], r["reason"], r["detail"]) for r in found.rejects] == [
        (2, "bad_row", "3 fields instead of 5"),
        (3, "bad_row", "7 fields instead of 5"),
    ]
    assert found.column("_line") == [5]


def test_b10_a_very_long_line_is_one_reject_and_the_rest_is_read(load, accounts, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 1_000)
    monkeypatch.setattr(limits, "BLOCK_BYTES", 4_096)
    long_field = "x" * 50_000
    data = f"id,name,staff,created,revenue\n1,{long_field},5,,1\n2,Bo,6,,1\n3,{'y' * 1_500},6,,1\n4,Cy,7,,1\n"
    found = load(data, accounts)
    assert found.reasons == {2: "too_long", 4: "too_long"}
    assert found.column("_line") == [3, 5]
    assert found.rejects[0]["raw"].startswith(b"1,xxx")


def test_b10_a_very_long_quoted_field_is_not_held_in_memory(load, accounts, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 1_000)
    data = 'id,name,staff,created,revenue\n1,"' + "line\n" * 1_000 + "2,Bo,6,,1\n"
    found = load(data, accounts)
    assert found.reasons[2] == "unterminated_quote"
    assert set(found.reasons.values()) == {"unterminated_quote", "bad_row"}
    assert found.column("account_id") == ["2"]


@pytest.mark.parametrize("data", ["", "\n", "id,name,staff,created,revenue\n", "id,name,staff,created,revenue"])
def test_b11_nothing_in_nothing_out(load, accounts, data):
    found = load(data, accounts)
    assert (found.rows_in, found.rejects, found.filtered) == (0, [], [])


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_header(load, accounts, sign):
    data = CLEAN.replace('"Bo, Ltd"', "Bo Ltd").replace(",", sign)
    found = load(data, accounts)
    assert found.column("name") == ["Ann", "Bo Ltd", "Cy"]
    assert found.drift.delimiter == sign


def test_a_stated_delimiter_wins(load, accounts):
    found = load("id;name;staff;created;revenue\n1;a,b,c;5;;1\n", accounts, delimiter=";")
    assert found.column("name") == ["a,b,c"]


def test_a_file_of_tiny_lines_comes_in_small_blocks(load, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BLOCK_LINES", 7)
    data = "id\n" + "".join(f"{i}\n" for i in range(100)) + '"open\n1,2\n'
    found = load(data, {"account": {"account_id": "id"}}, delimiter=",")
    assert found.column("_line") == list(range(2, 102))
    assert found.reasons == {102: "unterminated_quote", 103: "bad_row"}
