"""Frozen references: the 90th percentile and the peers' values of the day that a scorecard names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from holdfast.definitions.scorecard import Scorecard
from holdfast.definitions.scorer import PeerPercentile, Scorer

from .scorers.points import needs_reference

if TYPE_CHECKING:
    from holdfast.lake import Engine
    from holdfast.metrics.table import MetricTable

FEWEST_PEERS = 5
MOST_POINTS = 101


@dataclass(frozen=True)
class Yardsticks:
    """The reference of one metric in one scorecard: p90, and the peers' values by group ("" is everyone)."""

    p90: float | None = None
    peers: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class References:
    """All references, by scorecard and metric. ``NONE`` where no scorecard compares with a population."""

    of: Mapping[tuple[str, str], Yardsticks] = field(default_factory=dict)

    def get(self, card: Scorecard, metric: str) -> Yardsticks | None:
        """The reference of a metric in a scorecard, None where there is none."""
        return self.of.get((card.scorecard, metric))

    def merged(self, other: References) -> References:
        """Both together; ``other`` wins."""
        return References({**self.of, **other.of})

    def to_json(self) -> list[dict[str, Any]]:
        """As plain data, to be stored beside a run."""
        return [
            {
                "scorecard": c,
                "metric": m,
                "p90": y.p90,
                "peers": {g: list(v) for g, v in sorted(y.peers.items())},
            }
            for (c, m), y in sorted(self.of.items())
        ]

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> References:
        """The inverse of ``to_json``.

        >>> found = References({("base", "arr"): Yardsticks(12.0, {"": (1.0, 2.0)})})
        >>> References.from_json(found.to_json()) == found
        True
        """
        return cls(
            {
                (r["scorecard"], r["metric"]): Yardsticks(r["p90"], {g: tuple(v) for g, v in r["peers"].items()})
                for r in rows
            }
        )


NONE = References()


def reference_days(scorecards: Iterable[Scorecard]) -> dict[date, list[Scorecard]]:
    """The days for which metrics are needed to freeze references, with the scorecards that name each."""
    days: dict[date, list[Scorecard]] = {}
    for card in scorecards:
        if card.reference is not None and any(_compared(card)):
            days.setdefault(card.reference.on, []).append(card)
    return days


def references(
    engine: Engine, frame: ir.Table, metrics: MetricTable, scorecards: Iterable[Scorecard]
) -> References:
    """Freeze the references of ``scorecards`` from the scored accounts of their reference days.

    ``frame`` and ``metrics`` hold at least those days. Peer groups under five accounts give no reference.
    """
    found: dict[tuple[str, str], Yardsticks] = {}
    for day, cards in sorted(reference_days(scorecards).items()):
        wanted = {name for card in cards for name, _ in _compared(card)}
        groups = {p.among for card in cards for _, s in _compared(card) if (p := _peer(s)) and p.among}
        rows = frame.filter((frame.as_of == ibis.literal(day)) & frame.scored)
        rows = rows.select("account_id", "as_of", *sorted(g for g in groups if g in frame.columns))
        values = metrics.wide.select("account_id", "as_of", *sorted(wanted))
        table = engine.arrow(rows.inner_join(values, ["account_id", "as_of"])).to_pydict()
        for card in cards:
            for name, scorer in _compared(card):
                found[card.scorecard, name] = _freeze(table, name, scorer)
    return References(found)


def assumed(card: Scorecard, as_of: ir.DateValue) -> ir.BooleanValue:
    """Whether the day lies before the reference that the scorecard compares with."""
    if card.reference is None or not any(_compared(card)):
        return ibis.literal(False)
    return as_of < ibis.literal(card.reference.on)


def _compared(card: Scorecard) -> list[tuple[str, Scorer]]:
    flat = [item for part in card.components.values() for item in part.metrics.items()]
    return [(name, m.score) for name, m in flat if needs_reference(m.score)]


def _peer(scorer: Scorer) -> PeerPercentile | None:
    return _peer(scorer.trend_adjusted.base) if scorer.trend_adjusted is not None else scorer.percentile


def _freeze(table: Mapping[str, list[Any]], name: str, scorer: Scorer) -> Yardsticks:
    peer = _peer(scorer)
    if peer is None:
        known = sorted(v for v in table[name] if v is not None)
        return Yardsticks(p90=quantile(known, 0.9) if known else None)
    groups: dict[str, list[float]] = {}
    for index, value in enumerate(table[name]):
        group = table[peer.among][index] if peer.among else ""
        if value is not None and group is not None:
            groups.setdefault(str(group), []).append(value)
    return Yardsticks(peers={g: _thin(sorted(v)) for g, v in sorted(groups.items()) if len(v) >= FEWEST_PEERS})


def _thin(values: list[float]) -> tuple[float, ...]:
    """All values of a small group; evenly spaced quantiles of a large one."""
    if len(values) <= MOST_POINTS:
        return tuple(values)
    return tuple(quantile(values, step / (MOST_POINTS - 1)) for step in range(MOST_POINTS))


def quantile(ordered: list[float], share: float) -> float:
    """Quantile of sorted values, linear between neighbours.

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.5
    """
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
