"""One flat export, no set-up: recognise, score with the snapshot scorecard, give reasons and a next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .flat_result import FlatResult

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.definitions.bundle import Definitions
    from holdfast.definitions.metric import Metric
    from holdfast.definitions.scorecard import Scorecard
    from holdfast.lake import Engine

    from .flat_table import FlatTable

CARD = "flat"
NOT_THERE = "not in the table"
HEALTH = ["account_id", "as_of", "dial", "score", "band", "coverage"]
POINTS = ("account_id", "metric", "value", "score", "weight", "weight_effective", "points", "missing")


def score_file(path: Path, mapping: Mapping[str, str] | None = None, as_of: date | None = None) -> FlatResult:
    """Score a CSV, Parquet, JSON lines or spreadsheet file with one row an account."""
    from holdfast.ingest.read_frame import read_rows_and_rejects

    table, rejects = read_rows_and_rejects(Path(path))
    result = _score(table, mapping or {}, as_of, str(path))
    for reject in rejects:
        result.refused.append({"line": reject.line, "column": None, "value": "", "reason": reject.reason})
    return result


def score_frame(table: Any, mapping: Mapping[str, str] | None = None, as_of: date | None = None) -> FlatResult:
    """Score a table in memory: Arrow, pandas, or a mapping of columns."""
    return _score(_arrow(table), mapping or {}, as_of, "table")


def _score(table: pa.Table, mapping: Mapping[str, str], as_of: date | None, place: str) -> FlatResult:
    from holdfast.definitions.load import builtin

    from .flat_table import read_flat

    definitions = builtin()
    flat = read_flat(table, definitions.flat, mapping, as_of, place)
    card, metrics = _adapted(definitions, flat)
    rows, steps = _evaluate(flat, card, metrics, definitions)
    recognised = [
        {"column": column, "metric": entry, "label": _label(entry, metrics), "how": _how(column, mapping)}
        for entry, column in flat.recognition.columns.items()
    ]
    weighed = [n for part in card.components.values() for n in part.metrics]
    missing = [{"metric": n, "label": _label(n, metrics)} for n in weighed if n not in flat.metrics]
    return FlatResult(
        as_of=flat.as_of.isoformat(),
        file=place,
        scorecard={
            "name": card.scorecard,
            "version": card.version,
            "label": card.label,
            "why": "a single table without history",
        },
        rows=_listed(rows, steps, flat, card, metrics),
        recognised=recognised,
        ignored=list(flat.recognition.ignored),
        missing=missing,
        notes=list(flat.notes),
        refused=[{k: r[k] for k in ("line", "column", "value", "reason")} for r in flat.refused],
    )


def _adapted(definitions: Definitions, flat: FlatTable) -> tuple[Scorecard, dict[str, Metric]]:
    """The snapshot scorecard and the metrics, where a column has another scale than the catalogue's."""
    from holdfast.definitions.scorer import Scorer

    card, metrics = definitions.library[CARD], dict(definitions.metrics)
    for name, scale in flat.scales.items():
        if "thresholds" not in scale:
            continue
        scorer = Scorer(thresholds={float(k): float(v) for k, v in scale["thresholds"].items()})
        metrics[name] = metrics[name].model_copy(update={"label": scale["label"], "unit": scale["unit"]})
        parts = {
            key: part.model_copy(
                update={
                    "metrics": {
                        n: m.model_copy(update={"score": scorer}) if n == name else m for n, m in part.metrics.items()
                    }
                }
            )
            for key, part in card.components.items()
        }
        card = card.model_copy(update={"components": parts})
    return card, metrics


def _evaluate(
    flat: FlatTable, card: Scorecard, metrics: Mapping[str, Metric], definitions: Definitions
) -> tuple[Any, dict[str, Any]]:
    """Rows of the four tables, and the first step that a signal asks for, by account."""
    import pyarrow as pa

    from holdfast.lake import duckdb_engine
    from holdfast.metrics.table import MetricTable
    from holdfast.scoring.rows import ScoredRows
    from holdfast.scoring.score import score

    engine = duckdb_engine()

    count = len(flat.traits["account_id"])
    keys = {
        "account_id": pa.array(flat.traits["account_id"], pa.string()),
        "as_of": pa.array([flat.as_of] * count, pa.date32()),
    }
    frame = engine.frame(
        pa.table(
            {
                **keys,
                "segment": pa.array(flat.traits["segment"], pa.string()),
                "mrr": pa.array(flat.traits["mrr"], pa.float64()),
                "scored": pa.array([True] * count),
                "not_scored": pa.nulls(count, pa.string()),
            }
        )
    )
    weighed = {n for part in card.components.values() for n in part.metrics} | set(flat.metrics)
    empty: list[float | None] = [None] * count
    wide = engine.frame(
        pa.table({**keys, **{n: pa.array(flat.metrics.get(n, empty), pa.float64()) for n in sorted(weighed)}})
    )
    records = sorted({m.record for n in weighed if n in metrics and (m := metrics[n]).record is not None})
    covered = engine.frame(
        pa.table(
            {
                "as_of": pa.array([flat.as_of] * len(records), pa.date32()),
                "record": pa.array(records, pa.string()),
                "covered_to": pa.array([flat.as_of] * len(records), pa.date32()),
            }
        )
    )
    done = score(
        frame,
        MetricTable(wide, covered),
        [card],
        metric_definitions=metrics,
        keep=engine.cache,
    )
    scores = engine.arrow(done.scores)
    points = engine.arrow(done.points.select(*POINTS)).to_pylist()
    rows = ScoredRows(tuple(scores.to_pylist()), (), tuple(points), ())
    steps = _steps(engine, frame, wide, engine.frame(scores.select(HEALTH)), rows, flat, definitions)
    engine.close()
    return rows, steps


def _steps(
    engine: Engine, frame: Any, wide: Any, health: Any, rows: Any, flat: FlatTable, definitions: Definitions
) -> dict[str, str]:
    """The action of the gravest signal that holds for each account."""
    from holdfast.actions.next_step import Found, next_steps
    from holdfast.definitions.signal import SEVERITIES
    from holdfast.signals.on_day import firing

    gravest: dict[str, tuple[int, dict[str, str]]] = {}
    for row in engine.arrow(firing(frame, wide, definitions.signals, health, engine.cache)).to_pylist():
        rank, names = gravest.get(row["account_id"], (-1, {}))
        mine = SEVERITIES[row["severity"]]
        if mine >= rank:
            gravest[row["account_id"]] = (mine, {row["signal"]: row["severity"], **(names if mine == rank else {})})
    known = {r["account_id"]: r for r in rows.scores}
    columns_of = {**flat.traits, **flat.metrics}
    always: dict[frozenset[str], str] = {}
    steps = {}
    for index, account in enumerate(flat.traits["account_id"]):
        if account not in gravest:
            continue
        severities = gravest[account][1]
        fired_now = frozenset(severities)
        if fired_now not in always or "{" in always[fired_now]:
            values = {n: column[index] for n, column in columns_of.items()}
            now = [Found(signal=name, severity=severity) for name, severity in severities.items()]
            step = next_steps(now, {**known[account], **values}, definitions)[0]
            always[fired_now] = definitions.signals[step["signal"]].action
            steps[account] = step["action"]
        else:
            steps[account] = always[fired_now]
    return steps


def _listed(
    rows: Any, steps: Mapping[str, str], flat: FlatTable, card: Scorecard, metrics: Mapping[str, Metric]
) -> list[dict[str, Any]]:
    from holdfast.scoring.colors import color
    from holdfast.scoring.reasons import reasons

    points: dict[str, list[Any]] = {}
    for point in rows.points:
        if point["metric"] not in flat.metrics:
            point["missing"] = NOT_THERE
        points.setdefault(point["account_id"], []).append(point)
    place = {account: i for i, account in enumerate(flat.traits["account_id"])}
    found = []
    for row in rows.scores:
        account, shade = row["account_id"], color(card, row["band"])
        index = place[account]
        found.append(
            {
                "account_id": account,
                "name": flat.traits["name"][index] or account,
                "score": row["score"],
                "band": row["band"],
                "color": shade,
                "coverage": row["coverage"],
                "low": row["low"],
                "high": row["high"],
                "owner": flat.traits["owner"][index],
                "mrr": flat.traits["mrr"][index],
                "delta_7d": None,
                "reasons": reasons(row, points.get(account, []), [], metrics, shade),
                "next_step": steps.get(account),
            }
        )
    found.sort(key=lambda r: (r["score"] is None, r["score"] or 0.0, r["account_id"]))
    return found


def _label(entry: str, metrics: Mapping[str, Metric]) -> str:
    return metrics[entry].label if entry in metrics else entry.replace("_", " ")


def _how(column: str, mapping: Mapping[str, str]) -> str:
    return "by --map" if column in mapping else "by name"


def _arrow(table: Any) -> pa.Table:
    import pyarrow as pa

    if isinstance(table, pa.Table):
        return table
    if isinstance(table, Mapping):
        return pa.table(dict(table))
    if hasattr(table, "to_arrow"):
        return table.to_arrow()
    return pa.Table.from_pandas(table, preserve_index=False)
