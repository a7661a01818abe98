"""The rows behind a value: as many as are listed, in their batches, counted alone or for everybody at once."""

from __future__ import annotations

import holdfast
from holdfast.workspace.day_inputs import day_inputs
from holdfast.workspace.lineage import keep_lineage

LISTED = 12


def weighed(document):
    return {m["metric"]: m for component in document["components"] for m in component["metrics"]}


def test_a_value_rests_on_the_rows_that_are_listed(small_company):
    site = holdfast.open(small_company)
    account = site.accounts()[0]["account_id"]
    counted = weighed(site.account(account).document)
    some = sorted((m for m in counted if counted[m]["rows"]), key=lambda m: (counted[m]["rows"], m))[-LISTED:]
    assert len(some) == LISTED
    for metric in some:
        rows = site.rows(account, metric)
        assert len(rows) == counted[metric]["rows"], metric
        assert sorted({row["batch_id"] for row in rows}) == counted[metric]["batches"], metric


def test_counts_for_everybody_are_those_for_each(own_company):
    site = holdfast.open(own_company)
    some = [row["account_id"] for row in site.accounts()[::7]]
    alone = [weighed(site.account(account).document) for account in some]
    keep_lineage(site.published, day_inputs(site.published, site.published.as_of, "known"))
    assert [weighed(site.account(account).document) for account in some] == alone
