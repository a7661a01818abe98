"""What a page prints is what the document holds, and printed sums add up."""

import re
from html.parser import HTMLParser

import pytest

from holdfast.reports import account_card, flat_page, portfolio_page, quality_page
from holdfast.reports.portfolio_figures import band_table


class Tables(HTMLParser):
    """Tables by caption, as rows of cell texts."""

    def __init__(self, page):
        super().__init__()
        self.found, self.caption, self.cell = {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "caption":
            self.caption = ""
        elif tag == "tr":
            self.found[self.caption].append([])
        elif tag in ("th", "td"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag == "caption":
            self.found[self.caption] = []
        elif tag in ("th", "td"):
            self.found[self.caption][-1].append(self.cell.strip())
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        elif self.caption == "":
            self.caption = data


def value(words):
    return float(re.sub(r"[^\d.−]", "", words).replace("−", "-") or 0)


def test_band_table_of_the_page_adds_up_in_every_direction(documents):
    document = documents.portfolio()
    _, *rows, total = Tables(portfolio_page(document)).found["Accounts and ARR by band"]
    figures = [[value(cell) for cell in row[1:]] for row in rows]
    assert [round(sum(column), 6) for column in zip(*figures, strict=True)] == [value(cell) for cell in total[1:]]
    for accounts, arr, _, before, into, out, net, grown in figures:
        assert before + into + out + net + grown == arr
        assert accounts >= 0
    assert total[1] == str(document["totals"]["accounts"])
    assert value(total[2]) == round(document["totals"]["arr"] / 1000)
    assert total[3] == "100.0%"


@pytest.mark.parametrize("total", [7.5, 480.0, 999_999.4, 61_480_000.5])
def test_band_table_adds_up_at_any_size(documents, total):
    document = documents.portfolio()
    for entry in document["bands"]:
        entry["arr"] *= total / 4e6
    for entry in document["movement"]:
        entry["arr"] = {key: amount * total / 4e6 for key, amount in entry["arr"].items()}
    table = band_table(document)
    assert sum(value(row.arr) for row in table.rows) == value(table.arr)
    for place in range(5):
        assert round(sum(value(row.movement[place]) for row in table.rows)) == value(table.movement[place])
    for row in table.rows:
        assert round(sum(value(cell) for cell in row.movement)) == value(row.arr)


def test_matrix_margins_equal_the_band_table(documents):
    tables = Tables(portfolio_page(documents.portfolio())).found
    bands = [row[2] for row in tables["Accounts and ARR by band"][1:]]
    assert [cell.split(" (")[0] for cell in tables["Value tier and band"][-1][1:]] == bands


def test_groups_say_too_few_and_never_rank(documents):
    page = portfolio_page(documents.portfolio())
    assert "n = 3, too few to compare" in page
    assert "no ranking of people" in page
    assert page.count("sum to 114 accounts") == 3


def test_unscored_accounts_are_listed_outside_the_totals(documents):
    rows = Tables(portfolio_page(documents.portfolio())).found["Accounts that are not scored"]
    assert rows[1][:2] == ["no active subscription", "4"]


def test_row_account_is_an_equation_that_holds(documents):
    _, *rows, total = Tables(quality_page(documents.quality())).found["Row account of batches"]
    for row in [*rows, ["", "", *total]]:
        numbers = [value(cell) for cell in row[3:12:2]]
        assert numbers[0] == sum(numbers[1:])
    assert all(row[-1].endswith("adds up") for row in rows)
    broken = documents.quality()
    broken["batches"][0]["kept"] -= 2
    assert "2 rows missing" in quality_page(broken)


def test_unknown_quality_is_never_a_number(documents):
    row = Tables(quality_page(documents.quality())).found["Share of rows that pass, by record"][3]
    assert row == ["value_claim", "412", "29.6% ↓", "unknown", "38.0% ↓", "unknown", "100.0%"]


def test_gaps_stand_with_their_base_and_the_unknown_as_unknown(documents):
    _, *rows = Tables(quality_page(documents.quality())).found["What is missing about accounts and their people"]
    assert rows == [["Accounts whose newest row of use is over 30 days old", "120 of 10,000", "1.2%"],
                    ["Accounts without a champion who is still there", "unknown", "unknown"]]


def test_a_source_over_its_limit_is_named_first(documents):
    page = quality_page(documents.quality())
    assert "Support desk is 2 d old; its limit is 1 d." in page
    assert "1 d over" in page
    assert "Never loaded" in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("long_name", "€1,240,000"),
        ("withheld", "€480"),
        ("negative", "−€1,446"),
        ("negative", "−€120.50 a month"),
        ("held", "Score held, 16 Mar"),
        ("withheld", "Why there is no score"),
        ("no_history", "No history yet"),
        ("capped", "No change between the two days"),
        ("not_scored", "Not scored: no active subscription"),
        ("not_scored", "none applies"),
        ("normal", "holdfast account 0042 --rows METRIC"),
        ("sparse", "unknown"),
        ("normal", "↘ −34.7"),
        ("normal", "was 72.7 on 15 Feb"),
        ("normal", "Fri 20 Mar 2026"),
        ("normal", "61 d left"),
    ],
)
def test_account_page_words(documents, name, words):
    assert words in account_card(documents.ACCOUNTS[name]())


def test_withheld_is_nowhere_zero_or_coloured(documents):
    page = account_card(documents.withheld())
    body = page[page.index("<body>") :]
    assert ">0 of 100" not in body
    assert 'class="band-not_enough_data strong">Not enough data' in body
    assert "costs" not in re.sub(r"<[^>]*>", "", body)


def test_a_past_day_as_believed_says_so(documents):
    page = account_card(documents.account() | {"clock": "believed"})
    assert "as believed then" in page
    assert 'class="asof past"' in page
    assert 'class="asof past"' not in account_card(documents.account())


def test_theme_can_be_fixed(documents):
    assert '<html lang="en" data-theme="dark">' in account_card(documents.account(), "dark")
    assert '<html lang="en">' in account_card(documents.account())


def test_flat_page_tells_columns_and_range(documents):
    page = flat_page(documents.flat())
    for words in (
        "logins_30d",
        "shoe_size",
        "29 to 39",
        "85%",
        "Ask for a reference",
        "€1,500.50",
        "12k",
        "bad number",
        "a comma",
    ):
        assert words in page
    rows = Tables(page).found["Accounts"]
    assert [row[0] for row in rows[1:]] == ["Beta-Inc", "Gamma-Ltd", "ACME-Corp", "Delta-Co"]


def test_pages_are_the_same_every_time(documents):
    assert account_card(documents.account()) == account_card(documents.account())
    assert portfolio_page(documents.portfolio()) == portfolio_page(documents.portfolio())


def test_a_page_does_not_change_its_document(documents):
    document, same = documents.portfolio(), documents.portfolio()
    portfolio_page(document)
    assert document == same


def test_range_is_read_from_rows_too(documents):
    document = documents.flat()
    for row in document["accounts"]:
        bounds = row.pop("bounds")
        row |= {"low": bounds["low"], "high": bounds["high"]}
    assert flat_page(document) == flat_page(documents.flat())


def test_a_path_is_not_shown_on_the_page(documents):
    page = flat_page(documents.flat() | {"file": "/home/somebody/accounts.csv"})
    assert "<h1>accounts.csv</h1>" in page
    assert "somebody" not in page
