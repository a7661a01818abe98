"""The soak page counts what the JUnit file holds, and renews only the parts that were run."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "soak_report.py"))
JUNIT = """<testsuites><testsuite>
<testcase classname="tests.pipeline.test_kills" name="test_kills_leave_no_trace[0]" time="2.5"/>
<testcase classname="tests.pipeline.test_kills" name="test_kills_leave_no_trace[1]" time="1.5"><failure/></testcase>
<testcase classname="tests.ingest.test_bulk" name="test_one_gigabyte" time="60.2"/>
</testsuite></testsuites>"""


def test_cases_of_one_test_are_one_part(tmp_path):
    (tmp_path / "soak.xml").write_text(JUNIT, encoding="utf-8")
    assert SCRIPT["groups"](tmp_path / "soak.xml") == {
        "pipeline/test_kills: kills leave no trace": (2, 1, 4.0),
        "ingest/test_bulk: one gigabyte": (1, 1, 60.2),
    }


def test_parts_that_were_not_run_keep_their_line(tmp_path):
    rows = {"a": ("a", "2", "2", "9", "2026-01-01", "abc", "2 cores"), "b": ("b", "1", "1", "3", "d", "e", "f")}
    page = tmp_path / "soak.md"
    assert SCRIPT["stands"](page) == {}
    page.write_text(SCRIPT["text"](rows), encoding="utf-8")
    assert SCRIPT["stands"](page) == rows
