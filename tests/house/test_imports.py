"""A package imports only from those above it."""

import ast
from pathlib import Path

import pytest

ORDER = (
    "records", "text", "definitions", "state", "lake", "ingest", "segments", "metrics", "scoring", "signals",
    "outcomes", "portfolio", "actions", "charts", "evaluate", "reports", "pipeline", "workspace", "worker",
    "web", "bench", "cli",
)
ALONE = {"charts": (), "text": (), "records": (), "demo": ("records",)}
BELOW_ALL = {"errors", "failpoint", "clock", "code_digest", "fewer_collections", "shortage"}
SOURCE = Path(__file__).parents[2] / "src" / "holdfast"


def imported(path: Path) -> set[str]:
    """The packages of ours that a module imports, at whatever depth of the code."""
    found = set()
    package = path.relative_to(SOURCE.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            found |= {stem} | {f"{stem}.{alias.name}" for alias in node.names}
    parts = (name.split(".") for name in found)
    return {p[1] for p in parts if p[0] == "holdfast" and len(p) > 1}


def packages() -> list[str]:
    return sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and any(p.rglob("*.py")))


@pytest.mark.parametrize("package", packages())
def test_imports_point_up_only(package):
    if package == "errors":
        allowed = set()
    elif package in ALONE:
        allowed = set(ALONE[package])
    else:
        assert package in ORDER, f"{package} has no place in the order of imports"
        allowed = set(ORDER[: ORDER.index(package)])
    if package == "cli":
        allowed.add("demo")
    siblings = {p.stem for p in SOURCE.iterdir()} & (set(ORDER) | {"demo"})
    for path in (SOURCE / package).rglob("*.py"):
        wrong = (imported(path) & siblings) - allowed - {package} - BELOW_ALL
        assert not wrong, f"{path.relative_to(SOURCE)} imports {sorted(wrong)}"
