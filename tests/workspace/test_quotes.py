"""The rows behind a count of mentions carry the customer's words, and only they do."""

import holdfast
from holdfast.records.text_mark import MENTIONS
from holdfast.text.mentions import KINDS
from holdfast.workspace.quotes import quoted


def test_the_view_knows_every_kind_that_the_reader_finds():
    assert MENTIONS == KINDS


def test_the_quote_is_the_span_of_the_text():
    assert quoted("We will\n cancel: budget cuts.", "cancellation:0-15 budget:17-28") == (
        'cancellation: "We will cancel"; budget: "budget cuts"')


def test_rows_behind_mentions_hold_the_words_and_where_they_stand(small_company):
    workspace = holdfast.open(small_company)
    found = [
        row for account in workspace.accounts()[:8] for kind in ("budget", "contract")
        for row in workspace.rows(account["account_id"], f"{kind}_mentions_90d") if row[kind]
    ]
    assert found
    for row in found:
        assert row["file"]
        assert row["line"] > 1
        assert row["quote"].count(': "') == len(row["spans"].split())


def test_rows_of_other_records_have_no_quote(small_company):
    workspace = holdfast.open(small_company)
    rows = [row for account in workspace.accounts()[:6] for row in workspace.rows(account["account_id"], "tickets_30d")]
    assert rows
    assert all("quote" not in row for row in rows)
