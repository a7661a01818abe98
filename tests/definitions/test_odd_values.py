"""Whatever stands in a definition file, check answers with findings, never with a crash."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.definitions.workspace import base_files

from holdfast.definitions.check import examine
from holdfast.definitions.yaml_loader import load_document

FILES = base_files()
DATA = {name: load_document(name, text)[0].data for name, text in FILES.items()}
ODD = [None, [], {}, "", "x", "a > 1", -1, 0, 1e9, True, [1], ["x", None], {"a": 1}, {"": {}}, [[]], [{}],
       "2026-02-30", "30d"]


def paths(value: Any, at: tuple = ()) -> list[tuple]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in pairs for path in paths(part, (*at, key)))]


PLACES = [(name, path) for name, data in DATA.items() for path in paths(data)]


def replaced(value: Any, path: tuple, odd: Any) -> Any:
    if not path:
        return odd
    if isinstance(value, dict):
        return {key: replaced(part, path[1:], odd) if key == path[0] else part for key, part in value.items()}
    return [replaced(part, path[1:], odd) if n == path[0] else part for n, part in enumerate(value)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=2))
def test_odd_values_are_findings(changes):
    files = dict(FILES)
    for (name, path), odd in changes:
        files[name] = json.dumps(replaced(DATA[name], path, odd))
    _, findings = examine(files)
    assert all(finding.what and finding.place.file for finding in findings)
