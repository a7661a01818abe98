"""Which escalation holds for an account on a day, how far up it goes, and whether a playbook has worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.expression import Expression
from holdfast.lake import Engine
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition
from holdfast.signals.values import days_back, days_read, values

from .conditions import union
from .evaluation import Evaluation

Standing = dict[str, Any]


def standings(
    engine: Engine, evaluations: Sequence[Evaluation], definitions: Definitions, day: date,
    holding: Mapping[str, Iterable[str]],
) -> dict[str, Standing]:
    """For each account of ``holding`` (its open signals by account id) on ``day``.

    ``way``: name of the first escalation whose condition holds, and the numbers of its further steps whose
    condition holds; None where none does. ``success``: playbook -> whether its success is measured; None where
    it cannot be told. What is unknown makes no escalation hold.
    """
    if not holding:
        return {}
    ways, books = definitions.escalations, definitions.playbooks
    conditions = {f"way_{w}": one.when for w, one in enumerate(ways)}
    conditions |= {
        f"further_{w}_{n}": f.when for w, one in enumerate(ways) for n, f in enumerate(one.further) if f.when
    }
    conditions |= {f"success_{name}": book.success.when for name, book in books.items()}
    found = {}
    for row in engine.arrow(_table(engine, evaluations, definitions, day, holding, conditions)).to_pylist():
        w = next((n for n in range(len(ways)) if row[f"way_{n}"]), None)
        way = None if w is None else {"name": ways[w].escalation, "further": [
            n for n, further in enumerate(ways[w].further) if further.when is None or row[f"further_{w}_{n}"]]}
        found[row["account_id"]] = {"way": way, "success": {name: row[f"success_{name}"] for name in books}}
    return found


def _table(
    engine: Engine, evaluations: Sequence[Evaluation], definitions: Definitions, day: date,
    holding: Mapping[str, Iterable[str]], conditions: Mapping[str, Expression],
) -> ir.Table:
    names = frozenset().union(*(one.names for one in conditions.values()))
    signals = sorted(names & definitions.signals.keys())
    last = evaluations[-1]
    scores = [e.scored.scores.select("account_id", "as_of", "dial", "score", "band", "coverage") for e in evaluations]
    scored = union(scores)
    days = engine.arrow(scored.select("as_of").distinct())["as_of"].to_pylist()
    scored = engine.cache(scored.filter(scored.as_of.isin(sorted(days_read(days, [day])))))
    mine = engine.frame(pa.table({
        "of_account": pa.array(sorted(holding), pa.string()),
        **{f"holds_{s}": pa.array([s in set(holding[a]) for a in sorted(holding)], pa.bool_()) for s in signals},
    }))
    frame, wide = (t.filter(t.as_of == ibis.literal(day)) for t in (last.frame, last.metrics.wide))
    table = values(frame, wide, scored, names - set(signals), days_back(engine, days))
    table = table.join(mine, table.account_id == mine.of_account)
    columns: dict[str, ir.Value] = {n: table[f"holds_{n}" if n in signals else n] for n in names}
    told = {
        name: condition(to_ibis(one, {n: columns[n] for n in one.names})) for name, one in conditions.items()
    }
    return table.select("account_id", **told)
