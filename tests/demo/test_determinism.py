"""One seed, one company: the same bytes each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from holdfast.demo import write_demo


def _content(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    write_demo(tmp_path / "a", accounts=25, months=6, seed=7)
    write_demo(tmp_path / "b", accounts=25, months=6, seed=7)
    assert _content(tmp_path / "a") == _content(tmp_path / "b")


def test_another_seed_gives_another_company(tmp_path: Path) -> None:
    write_demo(tmp_path / "a", accounts=25, months=6, seed=7)
    write_demo(tmp_path / "b", accounts=25, months=6, seed=8)
    one, two = _content(tmp_path / "a"), _content(tmp_path / "b")
    exports = [name for name in one if name.startswith("exports/") and "holidays" not in name]
    assert exports
    assert all(one[name] != two.get(name) for name in exports)
