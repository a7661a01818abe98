"""Keys are stable inside and meaningless outside."""

import stat

import duckdb
import pytest

from holdfast.lake import Vault


def test_sql_and_python_give_the_same_key():
    vault = Vault(b"secret")
    for value in ("u-1", "Zoë", "a'b", ""):
        quoted = value.replace("'", "''")
        query = "select " + vault.sql("user", f"'{quoted}'")
        assert duckdb.sql(query).fetchone() == (vault.key("user", value),)


def test_domain_and_secret_both_matter():
    assert len({Vault(s).key(d, "1") for s in (b"a", b"b") for d in ("user", "contact")}) == 4


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret.key"
    first = Vault.open(path).key("user", "1")
    assert Vault.open(path).key("user", "1") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("value", ["1", "person@example.com"])
def test_a_key_fits_a_signed_64_bit_integer(value):
    assert 0 <= Vault(b"x").key("user", value) < 2**60
