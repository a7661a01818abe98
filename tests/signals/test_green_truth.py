"""Green checks of a demo company against its truth: each answer is given, and most failures are true ones."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest
from tests.company import EVENING
from tests.company import holdfast as command

from holdfast.definitions.load import builtin

SCRIPT = Path(__file__).parents[2] / "scripts" / "green_truth.py"
PRECISION = {"polite_exit": 0.3, "quiet_but_integrated": 0.5}
"""Least share of failures that are true; 0.75 for the others. Few accounts live these two stories."""


@pytest.mark.soak
@pytest.mark.xfail(
    strict=True,
    reason="polite_exit fails fewer than ten of 2,000 accounts, and finds about half of those under way",
)
def test_each_check_passes_fails_and_is_unknown_and_is_mostly_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_NOW", EVENING)
    folder = tmp_path / "company"
    command("demo", str(folder), "--accounts", "2000", "--months", "18", "--events", "1500000")
    command("run", "-w", str(folder), "--history", "1w")
    script = runpy.run_path(str(SCRIPT))
    found = script["pairs"](folder)
    print("\n".join(script["lines"](found)))
    assert set(found) == set(builtin().green_checks) - {"silent_sponsor"}
    for check, answers in found.items():
        counts = Counter(ours for ours, _ in answers)
        assert min(counts[state] for state in ("pass", "fail", "unknown")) >= 10, (check, counts)
        right = sum(ours == true == "fail" for ours, true in answers)
        assert right >= PRECISION.get(check, 0.75) * counts["fail"], check
        true = sum(true == "fail" for _, true in answers)
        assert right >= 0.6 * true, check
