"""Packed files: read as what they hold, with caps on what comes out."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from holdfast.errors.ingest import BadArchive, TooLarge
from holdfast.ingest import limits

DATA = "id,name,staff,created,revenue\n1,Ann,5,,7\n2,Bo,x,,7\n"


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_gzip_and_zip_give_the_rows_of_the_plain_file(load, accounts):
    plain = load(DATA, accounts)
    assert load(gzip.compress(DATA.encode()), accounts, "x.csv.gz") == plain
    assert load(packed(**{"x.csv": DATA.encode()}), accounts, "x.csv.zip") == plain
    assert load(packed(**{"__MACOSX/._x.csv": b"junk", "x.csv": DATA.encode()}), accounts, "y.zip") == plain


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"../../x.csv": b"id\n1\n"}, "points outside"),
        ({"/etc/x.csv": b"id\n1\n"}, "points outside"),
        ({"C:\\x.csv": b"id\n1\n"}, "points outside"),
        ({"inner.zip": b"PK"}, "another archive"),
        ({"a.csv": b"id\n", "b.csv": b"id\n"}, "2 files instead of one"),
        ({}, "0 files instead of one"),
    ],
    ids=["slip", "absolute", "drive", "nested", "two", "none"],
)
def test_a3_zips_that_reach_out_or_hide_are_refused(load, accounts, tmp_path, members, words):
    before = sorted(tmp_path.parent.rglob("*.csv"))
    with pytest.raises(BadArchive, match=words):
        load(packed(**members), accounts, "x.csv.zip")
    assert sorted(tmp_path.parent.rglob("*.csv")) == before


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: packed(**{"x.csv": data})], ids=["gzip", "zip"])
def test_a3_a_bomb_stops_while_it_is_read(load, accounts, pack, monkeypatch):
    monkeypatch.setattr(limits, "RATIO_GRACE_BYTES", 1024**2)
    bomb = pack(DATA.encode() + b"1,Ann,5,,7\n" * 2_000_000)
    with pytest.raises(TooLarge, match="200 times its size"):
        load(bomb, accounts, "x.csv.gz")


def test_a3_more_than_the_cap_is_refused(load, accounts, monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 10)
    with pytest.raises(TooLarge, match="more than 10 bytes"):
        load(gzip.compress(DATA.encode()), accounts, "x.csv.gz")


@pytest.mark.parametrize("cut", [20, 40, -4])
def test_a_cut_off_archive_is_refused(load, accounts, cut):
    with pytest.raises(BadArchive, match="cannot be read"):
        load(gzip.compress(DATA.encode() * 50)[:cut], accounts, "x.csv.gz")
