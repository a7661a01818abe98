"""Every account of the default demo company, and of exports that nobody here made, adds up to the last digit.

The exports are looked for in the folder that RAVENSTACK names; they are not part of this repository.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.company import holdfast as command
from tests.company import made_once
from tests.workspace.test_adds_up import as_published, must_add_up

import holdfast
from holdfast.workspace.day_inputs import day_inputs
from holdfast.workspace.lineage import keep_lineage

EXAMPLE = Path(__file__).parents[2] / "examples" / "ravenstack"
DEMO_ACCOUNTS, RAVENSTACK_ACCOUNTS = 400, 500


def opened(folder):
    """The workspace with the rows behind every value counted, and its published accounts."""
    site = holdfast.open(folder)
    keep_lineage(site.published, day_inputs(site.published, site.published.as_of, "known"))
    return site, site.accounts()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    def build(folder):
        command("demo", str(folder))
        command("run", "-w", str(folder))

    return opened(made_once(tmp_path_factory, "demo-company", build))


@pytest.fixture(scope="module")
def ravenstack(tmp_path_factory):
    if not os.environ.get("RAVENSTACK"):
        pytest.skip("RAVENSTACK names no folder")

    def build(folder):
        shutil.copytree(EXAMPLE, folder)
        command("run", "-w", str(folder))

    return opened(made_once(tmp_path_factory, "ravenstack", build))


def adds_up(company, number):
    site, rows = company
    row = rows[number]
    document = site.account(row["account_id"], since="30d").document
    must_add_up(document)
    as_published(document, row)
    return rows


@pytest.mark.soak
@pytest.mark.parametrize("number", range(DEMO_ACCOUNTS))
def test_every_account_of_the_demo_company_adds_up(demo, number):
    assert len(adds_up(demo, number)) == DEMO_ACCOUNTS


@pytest.mark.soak
@pytest.mark.parametrize("number", range(RAVENSTACK_ACCOUNTS))
def test_every_account_of_ravenstack_adds_up(ravenstack, number):
    assert len(adds_up(ravenstack, number)) == RAVENSTACK_ACCOUNTS
