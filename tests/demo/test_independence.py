"""The demo company stands apart: it can be trusted as a witness because it shares no code with what it tests."""

from __future__ import annotations

import ast
from pathlib import Path

import holdfast.demo

ALLOWED = {"holdfast.records", "holdfast.demo"}


def test_it_imports_no_other_package() -> None:
    for path in Path(holdfast.demo.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1, path
                names = [node.module or ""] if node.level == 0 else []
            ours = [n for n in names if n.split(".")[0] == "holdfast"]
            assert all(".".join(n.split(".")[:2]) in ALLOWED for n in ours), (path.name, ours)


def test_it_never_reads_the_clock() -> None:
    for path in Path(holdfast.demo.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "now(" not in text
        assert "today(" not in text
