"""--json prints one JSON document and nothing else."""

from __future__ import annotations

import json

import pytest

from holdfast.workspace.documents import TRIAL

from .call import call

DOCUMENTS = {
    "check": list, "ingest": dict, "accounts": list, "portfolio": dict, "quality": dict, "quarantine": list,
    "quarantine list": list, "metrics": list, "metrics mau": dict, "actions": list, "signals": dict, "green": dict,
    "segments": dict,
    "doctor": dict,
}


@pytest.mark.parametrize("words", DOCUMENTS)
def test_one_document(small_company, words):
    done = call(*words.split(), "-w", small_company, "--json")
    assert done.code == 0, done.err
    assert done.err == ""
    assert isinstance(json.loads(done.out), DOCUMENTS[words])


def test_score_prints_rows(tmp_path):
    (tmp_path / "flat.csv").write_text("account_id,logins_30d,mrr\nA,12,100\nB,0,50\n", encoding="utf-8")
    done = call("score", tmp_path / "flat.csv", "--json")
    assert (done.code, done.err) == (0, "")
    assert {r["account_id"] for r in json.loads(done.out)} == {"A", "B"}


def test_trying_a_scorecard_prints_its_document(small_company):
    done = call("try", small_company / "scorecards" / "health.yml", "-w", small_company, "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == set(TRIAL)
    assert document["flips"]["list"] == []
    shown = call("try", small_company / "scorecards" / "health.yml", "-w", small_company)
    assert (shown.code, shown.err) == (0, "")
    assert "Nothing was stored" in shown.out


def test_a_backup_and_a_restore_say_what_they_made(own_company, tmp_path):
    file, folder = tmp_path / "saved.tar", tmp_path / "new"
    saved = call("backup", file, "-w", own_company, "--json")
    assert (saved.code, saved.err) == (0, "")
    made = call("restore", file, folder, "--json")
    assert (made.code, made.err) == (0, "")
    written, restored = json.loads(saved.out), json.loads(made.out)
    assert (written["file"], written["bytes"], restored["folder"]) == (str(file), file.stat().st_size, str(folder))
    assert written["files"] == restored["files"] > 100


def test_bench_prints_what_it_measured():
    sizes = ("--accounts", "20", "--weeks", "2", "--daily", "2", "--rows", "20", "--times", "1")
    done = call("bench", *sizes, "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert {"date", "machine", "versions", "rows"} == set(document)
    works = [row["work"] for row in document["rows"]]
    assert len(set(works)) == len(works) == 8
    assert all(row["seconds"] > 0 and row["memory"] > 0 for row in document["rows"])


def test_nothing_to_correct_is_a_document_too(own_company):
    done = call("quarantine", "replay", "-w", own_company, "--json")
    assert (done.code, done.err) == (0, "")
    assert set(json.loads(done.out)) == {"moved", "kept", "left"}


def test_every_command_that_has_json_is_looked_at():
    import typer

    from holdfast.cli.app import app

    def having(group, prefix=""):
        for name, command in group.commands.items():
            if any("--json" in p.opts for p in command.params):
                yield f"{prefix}{name}"
            if hasattr(command, "commands"):
                yield from having(command, f"{prefix}{name} ")

    elsewhere = {"score", "quarantine replay", "run", "account", "try", "bench", "truth-report", "backup", "restore"}
    assert set(having(typer.main.get_command(app))) == elsewhere | set(DOCUMENTS) - {"metrics mau"}
