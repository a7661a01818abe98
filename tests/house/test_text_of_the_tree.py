"""Nothing of a machine stands in the tree."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOMES = ("work", "root")
FORBIDDEN = re.compile(rf"/(?:{'|'.join(HOMES)})/[.\w]|--(?:extra-)?index-url|simple/[a-z0-9-]+/?#")
"""Folders of a machine, and the addresses from which packages are fetched."""


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_path_of_a_machine_and_no_registry_host():
    own = Path(__file__)
    for path in tracked():
        if path == own or not path.is_file() or path.suffix in {".png", ".xlsx", ".parquet", ".gz"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not FORBIDDEN.search(text), f"{path.relative_to(ROOT)}: {FORBIDDEN.search(text)}"


def test_no_large_file():
    large = [str(p.relative_to(ROOT)) for p in tracked() if p.is_file() and p.stat().st_size > 1_000_000]
    assert not large
