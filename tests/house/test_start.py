"""Starting is cheap: heavy libraries are loaded only where they are used."""

import json
import subprocess
import sys

import pytest

HEAVY = {"ibis", "duckdb", "pyarrow", "pandas", "numpy", "deltalake", "sqlglot", "django", "pyspark", "pydantic"}


def modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def after_command(*words: str) -> set[str]:
    code = f"import sys\nfrom holdfast.cli import main\nsys.argv = ['holdfast', *{words!r}]\n"
    return modules_after(code + "try:\n    main()\nexcept SystemExit:\n    pass\n")


def test_help_loads_nothing_heavy():
    assert not after_command("--help") & HEAVY


def test_importing_the_package_loads_nothing_heavy():
    assert not modules_after("import holdfast") & HEAVY


def test_scoring_a_file_does_without_pandas(tmp_path):
    table = tmp_path / "flat.csv"
    table.write_text("account_id,logins_30d,open_tickets,nps_score\na,12,1,9\nb,0,7,2\n", encoding="utf-8")
    assert not after_command("score", str(table)) & {"pandas"}


@pytest.mark.parametrize("words", [["accounts"], ["account", "000001"], ["signals"], ["quality"]])
def test_reading_a_workspace_does_without_pandas(words, small_company):
    loaded = after_command(*words, "-w", str(small_company))
    assert "duckdb" in loaded
    assert "pandas" not in loaded


def test_pandas_can_be_imported_after_it_was_spared():
    code = "from holdfast.cli.no_pandas import without_pandas\nwith without_pandas():\n    pass\nimport pandas"
    assert "pandas" in modules_after(code)
