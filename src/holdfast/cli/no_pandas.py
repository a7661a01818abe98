"""The command line shows no pandas frame, so it does without importing pandas."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


class _NotNow(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


def spare_pandas() -> None:
    """Let pyarrow find no pandas: it looks for it at its first array, which takes 0.4 s.

    Whoever imports pandas later still gets it.
    """
    if "pandas" in sys.modules:
        return
    finder = _NotNow()
    sys.meta_path.insert(0, finder)
    try:
        import pyarrow

        pyarrow.array([])
    finally:
        sys.meta_path.remove(finder)
