"""Bad input gives one clear message with place, reason and next command, and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from holdfast.state.lock import only_run

from .call import call, refused

FLAT = "account_id,mrr,logins_30d,features_used,open_tickets,nps_score,days_since_last_login\n"


def published(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(call("accounts", "-w", folder, "--json").out)
    return found


# flat files


def test_a_missing_file(tmp_path):
    assert "nope.csv" in refused(1, "score", tmp_path / "nope.csv", "--json")


def test_an_empty_table(tmp_path):
    (tmp_path / "empty.csv").write_text(FLAT, encoding="utf-8")
    assert "no rows" in refused(1, "score", tmp_path / "empty.csv", "--json")


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    refused(1, "score", tmp_path / "empty.csv", "--json")


def test_nothing_recognised(tmp_path):
    (tmp_path / "odd.csv").write_text("account_id,colour\nA,red\n", encoding="utf-8")
    assert "colour" in refused(1, "score", tmp_path / "odd.csv")


def test_an_unknown_column_in_a_map(tmp_path):
    (tmp_path / "four.csv").write_text(FLAT + "A,1,2,3,4,5,6\n", encoding="utf-8")
    assert "nope" in refused(2, "score", tmp_path / "four.csv", "--map", "nope=logins_30d", "--json")
    refused(2, "score", tmp_path / "four.csv", "--map", "nope")


# options


@pytest.mark.parametrize("words", [
    ("accounts", "--as-of", "2026-02-30"), ("accounts", "--as-of", "soon"), ("accounts", "--clock", "wall"),
    ("account", "000001", "--since", "soon"), ("account", "000001", "--since", "2026-02-30"),
    ("account", "000001", "--since", "2030-01-01"), ("run", "--history", "many"),
    ("run", "--history", "90d"), ("run", "--daily", "many"), ("run", "--daily", "12w"), ("run", "--daily", "-1d"),
    ("run", "--as-of", "2026-13-01"), ("export", "nothing", "-o", "x.csv"), ("export", "scores", "-o", "x.doc"),
])
def test_wrong_values_of_options(small_company, words):
    refused(2, *words, "-w", small_company)


def test_a_folder_without_a_workspace(tmp_path):
    for words in (("run",), ("accounts", "--json"), ("check",), ("quality", "--json"), ("quarantine",)):
        assert "holdfast.yml" in refused(2, *words, "-w", tmp_path)


def test_nothing_published_yet(tmp_path):
    assert call("init", tmp_path / "new").code == 0
    assert "holdfast run" in refused(1, "accounts", "-w", tmp_path / "new", "--json")


def test_an_unknown_account_names_the_nearest(small_company):
    name = str(published(small_company)[0]["account_id"])
    assert f"nearest is {name}" in refused(1, "account", name + "x", "-w", small_company, "--json")


def test_an_unknown_metric_names_the_nearest(small_company):
    assert "nearest is mau" in refused(2, "metrics", "mauu", "-w", small_company, "--json")
    name = published(small_company)[0]["account_id"]
    assert "nearest is mau" in refused(2, "account", name, "--rows", "mauu", "-w", small_company, "--json")


def test_a_demo_is_not_written_over_something(tmp_path):
    (tmp_path / "letter").write_text("dear", encoding="utf-8")
    refused(2, "demo", tmp_path)
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "dear"


# a workspace


def test_broken_yaml(own_company):
    before = published(own_company)
    (own_company / "segments.yml").write_text("segments: [\n  - {", encoding="utf-8")
    assert "segments.yml:" in refused(1, "run", "-w", own_company, "--json")
    check = call("check", "-w", own_company, "--json")
    assert check.code == 1
    assert [f["id"] for f in json.loads(check.out) if f["level"] == "error"] == ["HF-E001"]
    (own_company / "segments.yml").unlink()
    assert published(own_company) == before


def test_weights_that_do_not_add_up(own_company):
    before = published(own_company)
    card = own_company / "scorecards" / "odd.yml"
    card.write_text(
        "scorecard: odd\nversion: 1\nreason: a slip\nextends: balanced\ncomponents:\n  usage: {weight: 99}\n",
        encoding="utf-8",
    )
    assert re.search(rf"{card.name}:\d+", refused(1, "run", "-w", own_company, "--json"))
    card.unlink()
    assert published(own_company) == before


def one_source(folder: Path, content: str) -> Path:
    """A workspace of one source, whose file holds ``content``."""
    (folder / "sources").mkdir(parents=True)
    (folder / "holdfast.yml").write_text("company: Few\n", encoding="utf-8")
    (folder / "sources" / "crm.yml").write_text(
        "source: crm\nfiles: crm.csv\nrecords:\n  - record: account\n    columns:\n"
        "      account_id: {column: id}\n      name: {column: name}\n      created_at: {column: since}\n",
        encoding="utf-8",
    )
    (folder / "crm.csv").write_text(content, encoding="utf-8")
    return folder


def test_a_column_that_the_file_lacks(tmp_path):
    site = one_source(tmp_path / "site", "ident,name,since\nA,Anna,2026-01-01\n")
    done = call("ingest", "-w", site, "--json")
    assert done.code == 1
    refusal = json.loads(done.out)["refused"][0]
    assert "column 'id'" in refusal["reason"]
    assert refusal["next"]
    told = call("ingest", "-w", site)
    assert told.code == 1
    assert "crm.csv" in told.err
    assert refusal["reason"] in told.err


def test_an_impossible_date_waits_in_quarantine(tmp_path):
    good = "".join(f"{n},N{n},2026-01-01\n" for n in range(40))
    site = one_source(tmp_path / "site", f"id,name,since\n{good}Z,Zoe,2026-02-30\n")
    assert call("ingest", "-w", site, "--json").code == 0
    rows = json.loads(call("quarantine", "-w", site, "--json").out)
    assert [(r["line"], r["column"], r["reason"]) for r in rows] == [(42, "since", "bad_date")]
    assert rows == json.loads(call("quarantine", "list", "-w", site, "--json").out)


def test_a_source_without_files_yet_is_named(tmp_path):
    site = one_source(tmp_path / "site", "")
    (site / "crm.csv").unlink()
    done = call("ingest", "-w", site, "--json")
    assert done.code == 0
    assert json.loads(done.out)["no_files"] == ["crm"]


def test_a_workspace_without_a_scorecard_is_not_run(tmp_path):
    site = one_source(tmp_path / "site", "id,name,since\nA,Ann,2026-01-01\n")
    assert "scorecards: [balanced]" in refused(1, "run", "-w", site)


def test_a_file_that_cannot_be_read(tmp_path):
    site = one_source(tmp_path / "site", "")
    (site / "sources" / "crm.yml").write_text(
        (site / "sources" / "crm.yml").read_text(encoding="utf-8").replace("crm.csv", "crm.parquet"), encoding="utf-8"
    )
    (site / "crm.parquet").write_bytes(b"PAR1 but no more")
    done = call("ingest", "-w", site, "--json")
    assert done.code == 1
    refusal = json.loads(done.out)["refused"][0]
    assert "crm.parquet" in refusal["where"]
    assert refusal["next"]


def test_a_second_run_while_one_is_at_work(own_company):
    before = published(own_company)
    with only_run(own_company / ".holdfast"):
        for words in (("run", "--json"), ("ingest", "--json"), ("doctor", "--json")):
            assert "another run" in refused(1, *words, "-w", own_company)
    assert published(own_company) == before


# backups


def test_a_backup_into_a_folder_that_is_not_there(small_company, tmp_path):
    assert "mkdir -p" in refused(2, "backup", tmp_path / "none" / "saved.tar", "-w", small_company)


def test_a_restore_of_a_file_that_is_not_there(tmp_path):
    assert "there is no such file" in refused(1, "restore", tmp_path / "none.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_restore_of_a_folder_or_of_something_else(tmp_path):
    refused(1, "restore", tmp_path, tmp_path / "new")
    (tmp_path / "notes.tar").write_text("no backup at all", encoding="utf-8")
    refused(1, "restore", tmp_path / "notes.tar", tmp_path / "new")
