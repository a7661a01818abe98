"""Which other metrics a metric is made of, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.metric import Metric
from holdfast.definitions.place import Place


def metric_links(metric: Metric) -> Iterator[tuple[str, Place]]:
    """Names of the metrics that ``metric`` refers to by key, each with its place."""
    for primitive, parts in (("ratio", ("of", "to")), ("change", ("of",)), ("baseline", ("of",)),
                             ("slope", ("of",)), ("percentile", ("of",))):
        given = getattr(metric, primitive)
        if given is not None:
            for part in parts:
                yield getattr(given, part), metric.at(primitive, part)
    if metric.found is not None:
        yield metric.found.of, metric.at("found", "of")
        if metric.found.effect is not None:
            yield metric.found.effect, metric.at("found", "effect")
    if metric.kernel is not None:
        for number, name in enumerate(metric.kernel.of):
            yield name, metric.at("kernel", "of", number)
