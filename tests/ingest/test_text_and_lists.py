"""Texts, closed lists, yes and no, JSON."""

from __future__ import annotations

import pytest


def test_b8_odd_characters_are_kept_and_ids_are_in_one_form(load, accounts):
    names = ["nul\0byte", "bell\x07", "\u202eright to left", "zero\u200djoiner", "😀", "Cafe\u0301", "Caf\u00e9"]
    rows = "".join(f"\u00a0{i} ,{name},1,,\n" for i, name in enumerate(names))
    found = load("id,name,staff,created,revenue\n" + rows + "e\u0301,x,1,,\n", accounts)
    assert found.column("account_id") == [*map(str, range(7)), "\u00e9"]
    assert found.column("name") == [*names[:5], "Caf\u00e9", "Caf\u00e9", "x"]


def test_b8_a_nul_does_not_cut_what_follows_it(load, accounts):
    found = load("id,name,staff,created,revenue\n1,e\u0301\0tail,1,,\n", accounts)
    assert found.column("name") == ["\u00e9\0tail"]


def test_free_text_stays_as_it_is(load):
    records = {"note": {"note_id": "id", "account_id": "a", "author": "by", "at": "at", "text": "text"}}
    found = load('id,a,by,at,text\n1,a,x@y.z,2026-01-01,"  Cafe\u0301,\nnext "\n2,a,x@y.z,2026-01-01,"  "\n', records)
    assert found.column("text") == ["  Cafe\u0301,\nnext ", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("No Show", "no_show"), ("no-show", "no_show"), ("HELD", "held"), ("", None), ("gone", "not_in_list")],
)
def test_closed_lists_accept_other_case_and_gaps(load, text, expected):
    records = {"interaction": {"interaction_id": "id", "account_id": "a", "status": "status"}}
    found = load(f"id,a,status\n1,a,{text}\n", records)
    assert (found.rows[0]["status"] if found.rows else found.rejects[0]["reason"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TRUE", True),
        ("yes", True),
        ("1", True),
        ("t", True),
        ("False", False),
        ("no", False),
        ("0", False),
        ("F", False),
        ("", None),
        ("maybe", "bad_boolean"),
        ("2", "bad_boolean"),
    ],
)
def test_yes_and_no(load, text, expected):
    found = load(f"id,s\n1,{text}\n", {"account": {"account_id": "id", "strategic": "s"}})
    assert (found.rows[0]["strategic"] if found.rows else found.rejects[0]["reason"]) == expected


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ('{"a": [1, 2]}', True),
        ("[" * 60 + "]" * 60, True),
        ("[" * 70 + "]" * 70, False),
        ('{"a": }', False),
        ("[" * 9000 + "]" * 9000, False),
        ("{} {}", False),
        ('"text"', True),
    ],
)
def test_json_columns_are_valid_and_not_too_deep(load, text, good):
    quoted = text.replace('"', '""')
    found = load(f'id,extra\n1,"{quoted}"\n', {"account": {"account_id": "id", "attributes": "extra"}})
    assert [r["reason"] for r in found.rejects] == ([] if good else ["bad_json"])
    assert found.column("attributes") == ([text] if good else [])


def test_what_every_row_needs(load, accounts):
    found = load("id,name,staff,created,revenue\n ,Ann,x,,\n1,,,,\n", accounts)
    assert [(r["line"], r["column"], r["reason"]) for r in found.rejects] == [(2, "id", "missing_required")]
    assert found.column("name") == [None]
