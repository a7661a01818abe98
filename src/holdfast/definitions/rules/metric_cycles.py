"""No metric is made of itself, however far around."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .metric_links import metric_links
from .rule import Rule


class MetricCycles(Rule):
    """No metric is made of itself, however far around."""

    ids = ("HF-E025",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        links = {
            name: sorted({link for link, _ in metric_links(metric)}
                         | (metric.expression.names if metric.expression else frozenset()))
            for name, metric in draft.metrics.items()
        }
        done: set[str] = set()
        for name in draft.metrics:
            circle = _circle(name, links, done)
            if circle:
                yield self.found("HF-E025", draft.metrics[circle[0]].at(key=True),
                                 "the metric is made of itself: " + " -> ".join(circle),
                                 "let one of them read records instead")


def _circle(start: str, links: dict[str, list[str]], done: set[str]) -> list[str]:
    path: list[str] = []
    stack = [(start, iter(links.get(start, [])))] if start not in done else []
    path = [start] if stack else []
    while stack:
        name, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            done.add(name)
            stack.pop()
            path.pop()
        elif following in path:
            done.update(path)
            return [*path[path.index(following):], following]
        elif following in links and following not in done:
            stack.append((following, iter(links[following])))
            path.append(following)
    return []
