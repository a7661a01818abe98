"""A score is the sum of its parts and a change the sum of its causes, for every account and by both clocks."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

import holdfast

EXACT = 1e-9
CAUSES = {"model", "reference", "segment", "data", "manual", "behaviour"}
FEW = 2


def close(found, expected):
    return math.isclose(found, expected, rel_tol=0, abs_tol=EXACT)


def must_add_up(document):
    """Points to contributions to the score; causes to the change."""
    for component in document["components"]:
        points = [m["points"] for m in component["metrics"] if m["points"] is not None]
        if component["contribution"] is not None:
            assert close(math.fsum(points), component["contribution"]), component["name"]
    if document["score"] is not None:
        parts = [c["contribution"] for c in document["components"] if c["contribution"] is not None]
        parts += [a["amount"] for a in document["adjustments"]]
        assert close(math.fsum(parts), document["score"])
        assert document["bounds"]["low"] - EXACT <= document["score"] <= document["bounds"]["high"] + EXACT
    change = document["change"]
    if change["delta"] is not None:
        assert {p["cause"] for p in change["parts"]} == CAUSES
        assert close(math.fsum(p["amount"] for p in change["parts"]), change["delta"])
        assert close(change["to_score"] - change["from_score"], change["delta"])
        assert change["to_score"] == document["score"]


def looked_at(site, count=None):
    """Published rows of accounts: all, or some from the bottom to the top."""
    rows = site.accounts()
    return rows if count is None else [rows[n * (len(rows) - 1) // (count - 1)] for n in range(count)]


def as_published(document, row):
    """The company was run on the evening of the day, so that what was believed on it is what was published."""
    assert close(document["score"], row["score"]) if row["score"] is not None else document["score"] is None
    for key in ("band", "color", "coverage", "owner", "mrr"):
        assert document[key] == row[key], key


def test_some_accounts_add_up_as_known(small_company):
    site = holdfast.open(small_company)
    since = site.published.as_of - timedelta(days=7)
    for row in looked_at(site, FEW):
        document = site.account(row["account_id"], since=since, clock="known").document
        must_add_up(document)
        as_published(document, row)
        assert close(document["change"]["delta"], row["delta_7d"])
        assert close(document["history"][-1]["score"], row["score"])


def test_an_account_adds_up_as_believed(small_company):
    site = holdfast.open(small_company)
    row = looked_at(site, FEW)[0]
    document = site.account(row["account_id"], clock="believed").document
    must_add_up(document)
    as_published(document, row)
    assert document["change"]["delta"] is not None


@pytest.mark.soak
@pytest.mark.parametrize("clock", ["known", "believed", None])
def test_every_account_adds_up(small_company, clock):
    site = holdfast.open(small_company)
    for row in looked_at(site):
        document = site.account(row["account_id"], since="14d", clock=clock).document
        must_add_up(document)
        as_published(document, row)
