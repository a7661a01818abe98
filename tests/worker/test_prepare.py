"""The worker keeps what the pages of a publish need, once a publish."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from holdfast.pipeline.site import Site
from holdfast.worker.work import Worker
from holdfast.workspace.prepare import prepared
from holdfast.workspace.published import Published


def document(folder):
    """What a new process says of an account."""
    words = [sys.executable, "-m", "holdfast", "account", "000001", "-w", str(folder), "--json"]
    return json.loads(subprocess.run(words, capture_output=True, check=True).stdout)


def test_a_publish_is_prepared_once(own_company):
    shutil.rmtree(own_company / ".holdfast" / "cache", ignore_errors=True)
    assert not prepared(Published(Site(own_company)))
    worker = Worker(Site(own_company))
    assert worker.prepare()
    assert not worker.prepare()
    assert prepared(Published(Site(own_company)))


@pytest.mark.soak
def test_a_prepared_page_has_the_numbers_of_one_that_is_not(own_company):
    Worker(Site(own_company)).prepare()
    with_it = document(own_company)
    shutil.rmtree(own_company / ".holdfast" / "cache")
    assert document(own_company) == with_it
