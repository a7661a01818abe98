"""The worker keeps what the pages of a publish need, once a publish."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

import holdfast
from holdfast.pipeline.site import Site
from holdfast.worker.work import Worker
from holdfast.workspace.day_inputs import REFERENCES
from holdfast.workspace.kept_documents import KeptDocuments
from holdfast.workspace.lineage import FILE as COUNTS


def document(folder):
    """What a new process says of an account."""
    words = [sys.executable, "-m", "holdfast", "account", "000001", "-w", str(folder), "--json"]
    return json.loads(subprocess.run(words, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def company(small_company, tmp_path_factory):
    """A company whose publish nobody has prepared."""
    folder = shutil.copytree(small_company, tmp_path_factory.mktemp("prepared") / "company")
    shutil.rmtree(folder / ".holdfast" / "cache", ignore_errors=True)
    return folder


def kept_files(company):
    """Which of the day's inputs that had to be computed, and the counts of rows behind values, are kept."""
    return {file.name for file in (company / ".holdfast" / "cache").rglob("*")} & {REFERENCES, COUNTS}


def test_a_publish_is_prepared_once(company):
    assert not kept_files(company)
    worker = Worker(Site(company))
    assert worker.prepare()
    assert kept_files(company) == {REFERENCES, COUNTS}
    while worker.prepare():
        pass
    site = holdfast.open(company)
    assert KeptDocuments(site.published).known() == {row["account_id"] for row in site.accounts()}
    assert not worker.prepare()


def test_what_is_kept_is_what_is_computed_alone(company):
    site = holdfast.open(company)
    some = [row["account_id"] for row in site.accounts()[::7]]
    kept = KeptDocuments(site.published)
    there = {account: kept.get(account) for account in some}
    assert all(there.values())
    read = {account: site.account(account).document for account in some}
    kept.file.unlink()
    assert {account: site.account(account).document for account in some} == read
    names = {one["name"] for document in read.values() for one in document["people"]["contacts"]} - {None}
    assert names
    assert not [name for name in names if name in json.dumps(there)]


def test_a_damaged_document_is_not_read(company, tmp_path):
    kept = KeptDocuments(holdfast.open(company).published)
    kept.file = tmp_path / "documents"
    kept.put({"a": {"score": 1.5}, "b": {"score": 2.5}})
    assert kept.get("a") == {"score": 1.5}
    assert kept.get("nobody") is None
    with closing(sqlite3.connect(kept.file)) as connection, connection:
        body = bytearray(connection.execute("SELECT body FROM documents WHERE account_id = 'a'").fetchone()[0])
        body[len(body) // 2] ^= 1
        connection.execute("UPDATE documents SET body = ? WHERE account_id = 'a'", [bytes(body)])
    assert kept.get("a") is None
    assert kept.get("b") == {"score": 2.5}
    kept.file.write_bytes(b"no database at all" * 100)
    assert kept.get("b") is None
    assert kept.known() == set()
    kept.put({"b": {"score": 3.5}})
    assert kept.get("b") == {"score": 3.5}


@pytest.mark.soak
def test_a_prepared_page_has_the_numbers_of_one_that_is_not(own_company):
    worker = Worker(Site(own_company))
    while worker.prepare():
        pass
    with_it = document(own_company)
    shutil.rmtree(own_company / ".holdfast" / "cache")
    assert document(own_company) == with_it
