"""The catalogue of metrics, of a workspace or as it ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.errors.workspace import UnknownMetric

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions


def catalogue(folder: Path) -> list[dict[str, Any]]:
    """Name, label, unit, family, window, horizon and words of every metric, by family and name."""
    metrics = _definitions(folder).metrics.values()
    rows = [
        {
            "name": m.name,
            "label": m.label,
            "family": m.family,
            "unit": m.unit,
            "window": m.window,
            "horizon": m.horizon,
            "direction": m.direction,
            "words": m.words,
        }
        for m in metrics
    ]
    return sorted(rows, key=lambda r: (r["family"], r["name"]))


def describe(folder: Path, name: str) -> dict[str, Any]:
    """One metric in words: definition, formula, window, records, horizon."""
    from holdfast.definitions.nearest import nearest
    from holdfast.metrics.describe import describe as in_words

    definitions = _definitions(folder)
    if name not in definitions.metrics:
        found = nearest(name, definitions.metrics)
        raise UnknownMetric(name=name, nearest=f"; the nearest is {found}" if found else "")
    return in_words(definitions, name)


def _definitions(folder: Path) -> Definitions:
    from holdfast.definitions.load import builtin, load

    return load(folder) if (folder / "holdfast.yml").is_file() else builtin()
