"""The public face in a notebook: Arrow, pandas, and something to look at."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import holdfast
from holdfast.errors.workspace import NoWorkspace, UnknownAccount
from holdfast.workspace.accounts import SHOWN
from holdfast.workspace.documents import ACCOUNT, ACCOUNTS, ACTIONS, DOCUMENTS, PORTFOLIO, QUALITY, SIGNALS, VOLUME


@pytest.fixture
def site(small_company):
    return holdfast.open(small_company)


@pytest.mark.parametrize("name", ["scores", "metrics"])
def test_tables(site, name):
    view = getattr(site, name)()
    arrow, frame = view.to_arrow(), view.to_pandas()
    assert isinstance(arrow, pa.Table)
    assert isinstance(frame, pd.DataFrame)
    assert len(view) == arrow.num_rows == len(frame) > 0
    assert set(arrow["as_of"].to_pylist()) == {site.published.as_of}
    assert "<table" in view._repr_html_()
    past = getattr(site, name)(history=True).to_arrow()
    assert set(past["as_of"].to_pylist()) == set(site.published.days)


def test_an_account(site):
    row = site.accounts()[0]
    view = site.account(row["account_id"], since=site.published.days[-2], clock="known")
    frame = view.to_pandas()
    assert isinstance(view.to_arrow(), pa.Table)
    assert frame["points"].sum() == pytest.approx(sum(c["contribution"] for c in view.document["components"]), abs=1e-9)
    assert "<svg" in view._repr_html_()
    assert row["account_id"] in repr(view)
    assert set(view.document) == set(ACCOUNT)


def test_the_rows_of_accounts_have_the_promised_keys_in_order(site):
    for row in site.accounts():
        assert tuple(row)[: len(SHOWN)] == SHOWN
        assert set(row) == set(ACCOUNTS)
    assert tuple(ACCOUNTS)[: len(SHOWN)] == SHOWN


def test_documents_have_the_documented_keys(site):
    assert set(site.portfolio()) == set(PORTFOLIO)
    assert set(site.quality()) == set(QUALITY)
    assert set(DOCUMENTS) == {"accounts", "account", "portfolio", "quality", "try", "signals", "actions",
                              "actions --volume", "green", "segments"}
    assert set(site.signals()) == set(SIGNALS) - {"unknown"}


def test_a_case_and_the_volume_have_the_documented_keys(site):
    documented = {key for keys in ACTIONS for key in keys.split(", ")}
    rows = site.actions()
    assert set(rows[0]) == documented
    assert len({row["case"] for row in rows}) == len(rows) == len([r for r in site.accounts() if r["actions"]])
    assert set(site.action_volume()) == set(VOLUME)


def test_accounts_by_band_and_owner(site):
    rows = site.accounts()
    chosen = rows[0]
    assert {r["band"] for r in site.accounts(band=chosen["band"])} == {chosen["band"]}
    mine = site.accounts(owner=chosen["owner"].upper())
    assert {r["owner"] for r in mine} == {chosen["owner"]}
    assert len(mine) < len(rows)


def test_what_is_not_there(site, tmp_path):
    with pytest.raises(NoWorkspace):
        holdfast.open(tmp_path)
    with pytest.raises(UnknownAccount):
        site.account("nobody")
