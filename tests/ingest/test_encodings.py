"""Encodings: by byte order mark or as configured, otherwise UTF-8, and never a silent guess."""

from __future__ import annotations

import codecs

import pytest

from holdfast.errors.ingest import UnknownEncoding, WrongEncoding

HEADER = "id,name,staff,created,revenue\n"
TEXT = HEADER + "1,Müller & Söhne,5,,1\n2,Łódź 😀,6,,1\n"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8")],
)
def test_b4_a_byte_order_mark_tells_the_encoding(load, accounts, mark, codec):
    found = load(mark + TEXT.encode(codec), accounts)
    assert found.column("name") == ["Müller & Söhne", "Łódź 😀"]
    assert found.column("_line") == [2, 3]


@pytest.mark.parametrize("encoding", ["latin-1", "windows-1252", "utf-16-le"])
def test_b4_a_configured_encoding_is_used(load, accounts, encoding):
    data = (HEADER + "1,Müller & Söhne,5,,1\n").encode(encoding)
    assert load(data, accounts, encoding=encoding).column("name") == ["Müller & Söhne"]


def test_b4_bytes_the_configured_encoding_does_not_know(load, accounts):
    data = HEADER.encode() + b"1,M\xfcller,5,,1\n2,B\x81d,6,,1\n"
    found = load(data, accounts, encoding="windows-1252")
    assert found.column("name") == ["Müller"]
    assert found.reasons == {3: "bad_encoding"}


def test_b4_a_file_that_is_not_utf8_is_refused_with_the_setting_to_make(load, accounts):
    rows = "".join(f"{i},Müller {i},5,,1\n" for i in range(30))
    with pytest.raises(WrongEncoding, match="encoding:") as refused:
        load((HEADER + rows).encode("latin-1"), accounts)
    assert refused.value.line == 2


def test_b4_utf16_without_a_mark_is_refused(load, accounts):
    with pytest.raises(WrongEncoding, match="encoding:"):
        load(TEXT.encode("utf-16-le"), accounts)


def test_b4_a_rare_bad_row_is_quarantined_with_its_bytes(load, accounts):
    rows = [f"{i},Müller {i},5,,1\n".encode() for i in range(30)]
    rows[10] = b"10,M\xfcller,5,,1\n"
    found = load(HEADER.encode() + b"".join(rows), accounts)
    assert found.reasons == {12: "bad_encoding"}
    assert found.rejects[0]["raw"] == b"10,M\xfcller,5,,1"
    assert len(found.rows) == 29


def test_an_unknown_encoding_is_named(load, accounts):
    with pytest.raises(UnknownEncoding, match="klingon"):
        load(TEXT, accounts, encoding="klingon")
