"""A whole run on Spark publishes what the run on the embedded engine publishes."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pyarrow.csv as pc
import pytest
from tests.spark_cluster import cluster, defaults, tasks_by_executor

from .company import copy_of, exports, holdfast, make_company, run

TABLES = ("scores", "components", "metrics", "adjustments")
RELATIVE, ABSOLUTE = 1e-9, 1e-9


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A company that was not run, and one that the embedded engine has run."""
    root = tmp_path_factory.mktemp("spark")
    made = make_company(root / "company")
    there = copy_of(made, root / "duckdb")
    done = run(there)
    assert done.returncode == 0, done.printed
    return made, there


@pytest.mark.soak
@pytest.mark.spark
@pytest.mark.parametrize("where", ["local", "cluster"])
def test_spark_publishes_the_same(where: str, company: tuple[Path, Path], tmp_path: Path) -> None:
    made, embedded = company
    there, log = copy_of(made, tmp_path / "company"), tmp_path / "log"
    env = defaults(tmp_path / "conf", log)
    with nullcontext("local[2]") if where == "local" else cluster(tmp_path / "cluster") as master:
        settings = there / "holdfast.yml"
        plain = settings.read_text(encoding="utf-8")
        settings.write_text(f'{plain}\nengine: {{spark: "{master}"}}\n', encoding="utf-8")
        done = run(there, env)
    assert done.returncode == 0, done.printed
    expected, found = exports(embedded, tmp_path / "expected"), exports(there, tmp_path / "found")
    for table in TABLES:
        assert not list(_different(expected[table], found[table])), table
    assert not list(_apart(_accounts(embedded, tmp_path), _accounts(there, tmp_path)))
    executors = tasks_by_executor(log)
    assert len(executors) == (1 if where == "local" else 2), executors
    assert min(executors.values()) > 100, executors


def _accounts(folder: Path, beside: Path) -> object:
    """Every account's row as published: owners by their keys, next steps, cases."""
    done = holdfast("accounts", "--json", "-w", str(folder), out=beside / "accounts.json")
    assert done.returncode == 0, done.printed
    return json.loads(done.printed)


def _apart(left: object, right: object, where: str = "") -> Iterator[str]:
    """Where two documents differ by more than the last digits of a number."""
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        for key in left:
            yield from _apart(left[key], right[key], f"{where}.{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (a, b) in enumerate(zip(left, right, strict=True)):
            yield from _apart(a, b, f"{where}[{number}]")
    elif isinstance(left, float) and isinstance(right, float):
        if not math.isclose(left, right, rel_tol=RELATIVE, abs_tol=ABSOLUTE):
            yield f"{where}: {left} and {right}"
    elif left != right:
        yield f"{where}: {left} and {right}"


def _different(left: bytes, right: bytes) -> Iterator[str]:
    """Cells that differ by more than the last digits, with their row and column."""
    one, other = (_rows(data) for data in (left, right))
    if len(one) != len(other):
        yield f"{len(one)} rows and {len(other)} rows"
        return
    for a, b in zip(one, other, strict=True):
        for name, value in a.items():
            numbers = isinstance(value, (int, float)) and isinstance(b[name], (int, float))
            same = math.isclose(value, b[name], rel_tol=RELATIVE, abs_tol=ABSOLUTE) if numbers else value == b[name]
            if not same:
                yield f"{a['account_id']} {name}: {value} and {b[name]}"


def _rows(data: bytes) -> list[dict[str, object]]:
    return list(pc.read_csv(io.BytesIO(data)).to_pylist())
