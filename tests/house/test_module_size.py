"""Modules stay small enough to read."""

from pathlib import Path
from statistics import median

LIMIT = 500
REASONS: dict[str, str] = {}
"""Modules that may be longer, each with its reason."""
SOURCE = Path(__file__).parents[2] / "src" / "holdfast"


def lengths() -> dict[str, int]:
    files = (p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts and p.name != "__init__.py")
    return {str(p.relative_to(SOURCE)): len(p.read_text(encoding="utf-8").splitlines()) for p in files}


def test_no_module_is_longer_than_the_limit_without_a_reason():
    long = {name: n for name, n in lengths().items() if n > LIMIT and name not in REASONS}
    assert not long


def test_the_typical_module_is_read_in_one_go():
    assert median(lengths().values()) <= 130
