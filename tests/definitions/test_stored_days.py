"""Which days are stored is said in holdfast.yml: Sundays and newest days."""

from __future__ import annotations

import pytest
from tests.definitions.workspace import base_files

from holdfast.definitions.check import examine
from holdfast.definitions.settings import Settings


def findings(line):
    files = base_files()
    return examine({**files, "holdfast.yml": f"{files['holdfast.yml']}{line}\n"})[1]


def test_the_defaults():
    assert (Settings().weeks, Settings().days) == (104, 90)


@pytest.mark.parametrize("line", ["daily: 0d", "daily: 1d", "daily: 366d", "history: 1w"])
def test_spans_that_fit(line):
    assert findings(line) == []


@pytest.mark.parametrize(("line", "fit"), [
    ("daily: 12w", "30d"), ("daily: -1d", "30d"), ("daily: 3 months", "30d"), ("daily: ''", "30d"),
    ("daily: 00d", "30d"), ("history: 0w", "52w"), ("history: 90d", "52w"),
])
def test_a_bad_span_has_a_place_a_reason_and_a_next_step(line, fit):
    [found] = findings(line)
    assert (found.id, found.place.file, found.place.line) == ("HF-E029", "holdfast.yml", 6)
    assert "is not a span of time" in found.what
    assert fit in found.hint
