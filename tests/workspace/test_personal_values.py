"""Personal values stand in the vault tables only; nothing else on disk holds them.

Two exceptions, both about the company's own staff: the state database keeps people.yml of the definitions that a
run used, word for word, and cases with their jobs name by e-mail who owns them and who is told. What is known of
a customer's people is in neither.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import holdfast
from holdfast.lake import PERSONS, TEXTS


@pytest.fixture(scope="module")
def values(small_company):
    """Every owner's e-mail, and every contact's name and e-mail, from the exports."""
    people = holdfast.open(small_company).accounts()
    mails = {p[k] for p in people for k in ("owner", "manager") if p[k]}
    with open(small_company / "exports/crm/contacts.csv", encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file))
    columns = [c for c in rows[0] if "mail" in c.lower() or "name" in c.lower()]
    assert columns
    contacts = {r[c] for r in rows for c in columns if r[c] and len(r[c]) > 6 and "\ufffd" not in r[c]}
    assert len(mails) > 1
    assert len(contacts) > 20
    return mails, contacts


OF_CASES = {"state_case", "state_caseevent", "state_casefinding", "state_casetask", "state_job", "state_caseverdict"}


def state_text(path, without=frozenset()):
    """Every value in the state database, people.yml in the remembered definitions and some tables left out."""
    parts = []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as state:
        tables = [name for (name,) in state.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - without:
            for row in state.execute(f'SELECT * FROM "{table}"'):
                parts += [_without_people(str(value)) for value in row]
    return "\n".join(parts)


def _without_people(text):
    try:
        return str(_pruned(json.loads(text)))
    except ValueError:
        return text


def _pruned(value):
    if isinstance(value, dict):
        return {k: _pruned(v) for k, v in value.items() if k != "people.yml"}
    return [_pruned(v) for v in value] if isinstance(value, list) else value


def texts_of(path):
    """Every text in a Parquet file or the state database, else the bytes of the file."""
    if path.name == "state.sqlite3":
        return state_text(path)
    if path.name.startswith("state.sqlite3-"):
        return ""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return "\n".join(str(v) for column in table.columns for v in column.to_pylist() if isinstance(v, str | bytes))
    return path.read_bytes().decode("utf-8", errors="ignore")


def test_only_the_vault_knows_people(small_company, values):
    mails, contacts = values
    data = small_company / ".holdfast"
    looked = 0
    for path in data.rglob("*"):
        if not path.is_file() or {PERSONS, TEXTS} & set(path.relative_to(data).parts):
            continue
        looked += 1
        found = texts_of(path)
        staff = state_text(path, OF_CASES) if path.name == "state.sqlite3" else found
        leaked = {v for v in contacts if v in found} | {v for v in mails if v in staff}
        assert not leaked, (path.relative_to(data), sorted(leaked)[:3])
    assert looked > 50


def test_the_vault_does_know_them(small_company, values):
    mails, contacts = values
    folder = small_company / ".holdfast" / "lake" / PERSONS
    text = "\n".join(texts_of(p) for p in folder.rglob("*.parquet"))
    assert mails <= {m for m in mails if m in text}
    assert any(c in text for c in contacts)


def test_the_search_finds_what_is_there(small_company, values, tmp_path):
    """A text column and a text of the state database would both be found."""
    mails, _ = values
    mail = min(mails)
    pq.write_table(pa.table({"note": [f"ask {mail}"]}), tmp_path / "table.parquet")
    shutil.copy(small_company / ".holdfast" / "state.sqlite3", tmp_path / "state.sqlite3")
    with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as state, state:
        assert mail not in state_text(tmp_path / "state.sqlite3", OF_CASES)
        state.execute("CREATE TABLE leak (what TEXT)")
        state.execute("INSERT INTO leak VALUES (?)", [f"ask {mail}"])
    assert mail in texts_of(tmp_path / "table.parquet")
    assert mail in state_text(tmp_path / "state.sqlite3", OF_CASES)
