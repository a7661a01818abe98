"""Terminal views fit 100 columns, need no colour, and let no text steer the terminal."""

import io

import pytest
from rich.console import Console, Group

from holdfast.definitions.finding import Finding
from holdfast.definitions.place import Place
from holdfast.reports import terminal
from holdfast.reports.terminal.actions import LOAD


def printed(view, width=100, colour=False):
    out = io.StringIO()
    console = Console(file=out, width=width, no_color=not colour, force_terminal=colour, highlight=False)
    console.print(view)
    return out.getvalue()


def run_document(documents):
    batches = [dict(b, file=f"{b['batch_id']}.csv") for b in documents.quality()["batches"]]
    batches[1]["state"] = "held"
    return {
        "run": 3,
        "as_of": "2026-03-17",
        "lag_days": 1,
        "seconds": 41.2,
        "batches": batches,
        "unresolved": 2,
        "refused": [
            {
                "source": "a",
                "file": "b.csv",
                "state": "refused",
                "where": "b.csv",
                "reason": "no header",
                "next": "holdfast doctor",
            }
        ],
        "drift": [],
        "accounts": 3,
        "bands": {"thriving": 2, "critical": 1},
        "days_evaluated": 1,
        "days_stored": 55,
    }


def views(documents):
    actions = [
        a | {"account_id": "1", "name": "Acme", "as_of": "2026-03-17", "owner_role": "CSM", "lane": "week",
             "rank": 1, "arr": 1200, "why": documents.HOSTILE}
        for a in documents.account()["actions"]
    ]
    made = {f"account {name}": terminal.account_card(build()) for name, build in documents.ACCOUNTS.items()}
    return made | {
        "accounts": terminal.accounts_table(documents.rows(40), "EUR"),
        "hostile accounts": terminal.accounts_table(documents.poisoned(documents.rows(5)), "EUR"),
        "no accounts": terminal.accounts_table([]),
        "portfolio": terminal.portfolio_table(documents.portfolio()),
        "quality": terminal.quality_summary(documents.quality()),
        "hostile quality": terminal.quality_summary(documents.poisoned(documents.quality())),
        "empty quality": terminal.quality_summary({"as_of": "2026-03-17"}),
        "flat": terminal.flat_result(documents.flat()),
        "run": terminal.run_summary(run_document(documents)),
        "actions": Group(*terminal.actions_table(actions, "EUR")),
        "steps": terminal.steps_table({"as_of": "2026-03-17", "findings": actions}),
        "volume": Group(*terminal.volume_tables({
            "load": [dict.fromkeys(LOAD, 1000) | {"owner": documents.HOSTILE + "@example.com"}],
            "rules": [{"label": "Use is falling", "accounts": 9, "new_7d": 1, "alone": 0}],
            "overlap": [{"signals": ["a_signal", "another_signal"], "accounts": 9, "share": 0.5}],
        })),
        "batches": terminal.batches_table([]),
        "quarantine": terminal.quarantine_table(
            [
                {
                    "source": "crm",
                    "file": "a.csv",
                    "line": 3,
                    "column": "x",
                    "reason": "bad_date",
                    "detail": documents.HOSTILE,
                }
            ]
        ),
        "rows": terminal.rows_table([{"event_id": documents.HOSTILE, "file": "e.csv", "line": 2, "batch_id": "b-1"}]),
        "metrics": terminal.metrics_table(
            [
                {
                    "name": "wau",
                    "label": "Weekly active",
                    "family": "usage",
                    "unit": "users",
                    "window": "7d",
                    "horizon": "leading",
                }
            ]
        ),
        "metric": terminal.metric_description({"name": "wau", "label": "WAU", "words": "People.", "reads": ["event"]}),
    }


def test_no_view_is_wider_than_a_hundred_columns_or_steers_the_terminal(documents):
    for name, view in views(documents).items():
        out = printed(view)
        assert all(len(line) <= 100 for line in out.splitlines()), name
        assert "\x1b" not in out, name
        assert "\u202e" not in out, name
        assert out.strip(), name


def test_hostile_markup_stays_text(documents):
    out = printed(terminal.accounts_table([documents.rows(4)[0] | {"name": "[red]x[/red] [link=a]y"}]))
    assert "[red]x[/red] [link=a]y" in out


def test_each_band_has_sign_and_word_without_colour(documents):
    out = printed(terminal.portfolio_table(documents.portfolio(), accounts=0))
    for words in ("◉ Thriving", "● Healthy", "■ Neutral", "▲ At risk", "⬣ Critical", "◌ Not enough data"):
        assert words in out


def test_numbers_are_never_cut(documents):
    out = printed(terminal.portfolio_table(documents.portfolio()))
    table = out[out.index("Band") : out.index("At risk (score")]
    assert "…" not in table
    batches = printed(terminal.batches_table(documents.quality()["batches"]))
    assert "1,204,118" in batches
    assert "1,258,341" in batches


def test_card_says_the_same_as_the_page(documents):
    out = printed(terminal.account_card(documents.account()))
    for words in (
        "38.0 of 100",
        "▲ At risk",
        "92% of weight has data, range 36 to 44",
        "change ↘ −34.7 since 15 Feb",
        "Contact and champion   −12.6",
        "Model                   −2.3  not behaviour",
        "8 of 100 weight has no data",
        "Call the second contact",
        "Revenue-weighted 51.6",
    ):
        assert words in out


def test_withheld_card_has_no_number_for_the_score(documents):
    out = printed(terminal.account_card(documents.withheld()))
    assert "◌ Not enough data" in out
    assert "Why there is no score" in out
    lines = [
        line
        for line in out[out.index("Why there is no score") :].splitlines()
        if line.startswith(("Product use", "Sum"))
    ]
    assert [line.split()[-2:] for line in lines] == [["–", "35"], ["–", "100"]]


def test_run_summary_names_what_was_held_refused_and_waits(documents):
    out = printed(terminal.run_summary(run_document(documents)))
    for words in (
        "Run 3 is published",
        "1 day behind the clock",
        "billing: b-88213.csv is held",
        "b.csv is refused: no header",
        "Next: holdfast doctor",
        "2 rows wait",
        "⬣ Critical",
        "Computed 1 day of the 55 that are stored",
        "Took 41.2 s.",
    ):
        assert words in out


def test_findings_come_gravest_first_and_are_counted():
    place = Place("scorecards/health.yml", 3, 5)
    found = [
        Finding("b", "advice", place, "no reason"),
        Finding("a", "error", place, "weights are 98", "make them 100", "x"),
    ]
    out = printed(terminal.findings_table(found))
    assert out.index("error a") < out.index("advice b")
    assert "weights are 98 Did you mean x?" in out
    assert "1 error, 1 advice" in out
    assert "No finding" in printed(terminal.findings_table([]))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_other_widths_do_not_break(documents, width):
    for view in views(documents).values():
        assert all(len(line) <= width for line in printed(view, width).splitlines())


def test_accounts_that_are_not_scored_are_listed_last_with_their_reason(documents):
    lines = printed(terminal.accounts_table(documents.rows(40), "EUR")).splitlines()
    starts = [line[:4] for line in lines if line[:4].isdigit()]
    assert starts[-1] == "0028"
    last = next(line for line in lines if line.startswith("0028"))
    assert "not scored" in last
    assert "Healthy" not in last
    assert "no active" in last


def test_the_id_stands_beside_the_name(documents):
    assert "0003  Société Coopérative" in printed(terminal.accounts_table(documents.rows(8), "EUR"))
