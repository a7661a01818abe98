"""Flat exports of many shapes: what is recognised, what the numbers are, and that each reason is true of its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from holdfast.errors.flat import FlatColumnMissing, FlatEmpty, FlatMapUnknown, FlatNothingToScore, FlatScaleUnknown
from holdfast.workspace.flat import score_file, score_frame

DATA = Path(__file__).parent / "data"
DAY = date(2026, 3, 1)
KEYS = {"account_id", "name", "score", "band", "color", "coverage", "owner", "mrr", "delta_7d", "reasons", "next_step"}


def scored(name, **options):
    result = score_file(DATA / name, as_of=options.pop("as_of", DAY), **options)
    return result, {row["account_id"]: row for row in result.rows}


@pytest.fixture(scope="module")
def four():
    return scored("four_lines.csv")


def test_the_four_lines_get_the_colours_they_should(four):
    _, rows = four
    assert {k: r["color"] for k, r in rows.items()} == {
        "ACME-Corp": "green",
        "Gamma-Ltd": "yellow",
        "Beta-Inc": "red",
        "Delta-Co": "red",
    }
    order = sorted(rows, key=lambda k: rows[k]["score"])
    assert (order[0], order[-1]) == ("Delta-Co", "ACME-Corp")
    assert all(set(r) >= KEYS for r in rows.values())


def test_a_score_of_the_four_lines_worked_by_hand(four):
    """Gamma: weights 18, 12, 12, 15, 13 of 70 known; a net score of 7 is worth 60 points."""
    gamma = four[1]["Gamma-Ltd"]
    usage = 40 * (18 * 70 + 12 * 100 * 25 / 30) / 30
    rest = 16 * 50 + 20 * 100 + 18 * 60
    assert gamma["score"] == pytest.approx((usage + rest) / 94)
    assert gamma["coverage"] == pytest.approx(0.70)


def test_every_reason_is_a_fact_of_its_row(four):
    table = {
        "ACME-Corp": (45, 8, 1, 9, 2),
        "Beta-Inc": (3, 2, 4, -1, 18),
        "Gamma-Ltd": (28, 5, 0, 7, 5),
        "Delta-Co": (0, 1, 6, -3, 35),
    }
    names = ("logins_30d", "features_used_30d", "open_tickets", "nps_latest", "days_since_login")
    for account, row in four[1].items():
        assert row["reasons"]
        for reason in row["reasons"]:
            assert len(reason["text"]) <= 60
            assert reason["value"] == dict(zip(names, table[account], strict=True))[reason["metric"]]
            assert str(abs(int(reason["value"]))) in reason["text"]
    assert four[1]["Delta-Co"]["next_step"]


def test_negative_nps_makes_the_column_a_net_score(four):
    assert "nps_score: read on the scale net score" in four[0].notes
    reason = next(r for r in four[1]["Beta-Inc"]["reasons"] if r["metric"] == "nps_latest")
    assert reason["text"] == "Net promoter score: −1 net"


def test_german_numbers_dates_and_headers():
    result, rows = scored("german.csv")
    assert result.ignored == ["Vertragsfarbe"]
    assert set(rows) == {"0071", "0072", "0073"}
    assert rows["0072"]["mrr"] == pytest.approx(36500.50 / 12)
    assert rows["0071"]["color"] == "green"
    assert rows["0072"]["color"] == "red"
    assert rows["0073"]["coverage"] < rows["0071"]["coverage"]
    assert result.refused == []


def test_french_spaces_in_numbers_and_a_net_score():
    result, rows = scored("french.tsv")
    assert rows["Atelier Rive"]["mrr"] == pytest.approx(12500.75)
    assert [rows[k]["color"] for k in ("Atelier Rive", "Coopérative Sud", "Bureau Nord")] == ["green", "yellow", "red"]
    assert "Satisfaction: read on the scale percent" in result.notes
    assert any("names the accounts" in note for note in result.notes)


def test_too_few_columns_give_bounds_and_no_score():
    result, rows = scored("missing_columns.csv")
    assert {r["band"] for r in rows.values()} == {"not_enough_data"}
    assert {r["score"] for r in rows.values()} == {None}
    assert all(r["low"] < r["high"] for r in rows.values())
    assert "logins_30d" in {m["metric"] for m in result.missing}
    assert result.ignored == ["Support Tier"]


def test_camel_case_and_other_scales():
    result, rows = scored("camel.jsonl")
    assert [rows[k]["color"] for k in ("north", "south", "west")] == ["green", "red", "none"]
    assert "csat: read on the scale percent" in result.notes
    assert rows["south"]["coverage"] == pytest.approx(0.81)


def test_bad_cells_and_rows_are_named_and_nothing_is_guessed():
    result, rows = scored("american.csv")
    assert rows["Juniper Dental"]["mrr"] == pytest.approx(4000.0)
    found = {(r["line"], r["column"], r["reason"]) for r in result.refused}
    assert found == {
        (4, "Logins", "not a number"),
        (5, "Client", "no account id"),
        (6, "Client", "the account stands in the table twice; the first row counts"),
    }
    assert rows["Maple Press"]["coverage"] < rows["Juniper Dental"]["coverage"]
    assert rows["Larch Freight"]["score"] < 10


@pytest.mark.parametrize(
    "column", ["logins_30d", "features_used", "open_tickets", "nps_score", "days_since_last_login"]
)
def test_dropping_a_column_lowers_coverage_and_widens_the_bounds(four, column):
    lines = [line.split(",") for line in (DATA / "four_lines.csv").read_text().splitlines()]
    table = {name: [row[i] for row in lines[1:]] for i, name in enumerate(lines[0]) if name != column}
    fewer = {r["account_id"]: r for r in score_frame(pa.table(table), as_of=DAY).rows}
    for account, row in four[1].items():
        assert fewer[account]["coverage"] < row["coverage"]
        assert fewer[account]["high"] - fewer[account]["low"] > row["high"] - row["low"]


def test_typed_columns_of_a_frame_are_taken_as_they_are():
    table = pa.table(
        {
            "account": ["a", "b"],
            "logins": [45, None],
            "open_tickets": [0.0, 3.0],
            "last_login": pa.array([date(2026, 2, 27), None]),
            "features_used": [9, 2],
            "csat": [5, 2],
        }
    )
    result = score_frame(table)
    assert result.as_of == "2026-02-27"
    assert {r["account_id"] for r in result.rows} == {"a", "b"}
    frame = result.to_pandas()
    assert list(frame["account_id"]) == [r["account_id"] for r in result.rows]
    assert "<table" in result._repr_html_()


def test_map_names_a_column_and_can_leave_one_out():
    table = {"account_id": ["a"], "besuche": ["12"], "open_tickets": ["3"], "features_used": [4]}
    plain = score_frame(table, as_of=DAY)
    assert plain.ignored == ["besuche"]
    mapped = score_frame(table, {"besuche": "logins_30d", "open_tickets": "ignore"}, DAY)
    assert [(r["column"], r["how"]) for r in mapped.recognised if r["metric"] == "logins_30d"] == [
        ("besuche", "by --map")
    ]
    assert mapped.ignored == ["open_tickets"]


@pytest.mark.parametrize(
    ("table", "mapping", "error", "words"),
    [
        ({"logins": [1]}, {}, FlatColumnMissing, "no column is recognised as account_id"),
        ({"account_id": ["a"], "colour": ["x"]}, {}, FlatNothingToScore, "the columns are: account_id, colour"),
        ({"account_id": ["a"], "logins": [1]}, {"login": "logins_30d"}, FlatMapUnknown, "did you mean 'logins'"),
        ({"account_id": ["a"], "logins": [1]}, {"logins": "logins_30"}, FlatMapUnknown, "did you mean 'logins_30d'"),
        ({"account_id": ["a"], "nps": [4000]}, {}, FlatScaleUnknown, "4000"),
        ({"account_id": pa.array([], pa.string()), "logins": pa.array([], pa.int64())}, {}, FlatEmpty, "no rows"),
        ({"account_id": [None], "logins": [1]}, {}, FlatEmpty, "no rows"),
    ],
)
def test_what_cannot_be_scored_is_said_in_one_message(table, mapping, error, words):
    with pytest.raises(error, match=words):
        score_frame(pa.table(table), mapping, DAY)


def test_dates_whose_order_is_unclear_are_left_out():
    table = {"account_id": ["a", "b"], "last_login": ["01/02/2026", "03/02/2026"], "logins": ["3", "4"]}
    result = score_frame(table, as_of=DAY)
    assert any("cannot be told apart" in note for note in result.notes)
    assert [r["coverage"] for r in result.rows] == [pytest.approx(0.18)] * 2


def test_one_account_all_equal_and_hostile_values_do_not_break_anything():
    one = score_frame({"account_id": ["a"], "logins": ["1e999"], "open_tickets": ["-3"], "mrr": ["-12"]}, as_of=DAY)
    assert one.rows[0]["score"] is None
    assert {r["reason"] for r in one.refused} == {"not a number", "below zero"}
    assert one.rows[0]["mrr"] == -12.0
    same = score_frame(
        {
            "account_id": [str(i) for i in range(50)],
            "logins": [7] * 50,
            "features_used": [3] * 50,
            "open_tickets": [0] * 50,
            "days_since_login": [3] * 50,
        },
        as_of=DAY,
    )
    assert len({r["score"] for r in same.rows}) == 1
