"""Where one account stands: usage pattern, behaviour, stage, tier with its service, and the touches it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine
from holdfast.lake.answers import Keep, answers
from holdfast.portfolio import tiers
from holdfast.signals.first_match import first_match
from holdfast.signals.values import KEYS, values

Placed = dict[str, dict[str, str | None]]


def placed(engine: Engine, definitions: Definitions, given: Mapping[str, pa.Table]) -> Placed:
    """Account -> its ``pattern`` and ``behaviour`` from ``frame``, ``wide`` metrics and ``scores`` of one day.

    None where it is not known whether an earlier one holds.
    """
    patterns = [(one.pattern, one.when) for one in definitions.usage_patterns]
    behaviours = [(one.behaviour, one.when) for one in definitions.behaviours]
    names = {name for _, when in [*patterns, *behaviours] for name in when.names}

    def ask(t: Mapping[str, ir.Table], keep: Keep) -> dict[str, ir.Table]:
        table = values(t["frame"], t["wide"], t["scores"], names)
        return {"placed": table.select(
            *KEYS, pattern=first_match(table, patterns), behaviour=first_match(table, behaviours))}

    rows = answers(engine, f"placed {definitions.hash}", given, ask)["placed"].to_pylist()
    return {row["account_id"]: {"pattern": row["pattern"], "behaviour": row["behaviour"]} for row in rows}


def placements(engine: Engine, definitions: Definitions, given: Mapping[str, pa.Table]) -> dict[str, dict[str, Any]]:
    """The document of each account of ``given``, with the words of the definitions."""
    found = placed(engine, definitions, given)
    metrics = {row["account_id"]: row for row in given["wide"].to_pylist()}
    dials = {row["account_id"]: row for row in given["scores"].to_pylist() if row["dial"] == "tier"}
    return {
        account: _placement(definitions, found.get(account, {}), frame, metrics[account], dials.get(account))
        for frame in given["frame"].to_pylist() if (account := frame["account_id"])
    }


def _placement(
    definitions: Definitions, found: Mapping[str, str | None], frame: Mapping[str, Any], metrics: Mapping[str, Any],
    dial: Mapping[str, Any] | None,
) -> dict[str, Any]:
    pattern = next((one for one in definitions.usage_patterns if one.pattern == found.get("pattern")), None)
    behaviour = next((one for one in definitions.behaviours if one.behaviour == found.get("behaviour")), None)
    row = {"dials": {"tier": dial or {}}, "value_tier": frame["value_tier"]}
    tier, by = tiers.assigned(row, definitions.service)
    stage = next((one for one in definitions.lifecycle if one.stage == frame["lifecycle"]), None)
    return {
        "pattern": pattern and {"pattern": pattern.pattern, "label": pattern.label, "action": pattern.action},
        "behaviour": behaviour and {"behaviour": behaviour.behaviour, "label": behaviour.label,
                                    "needs": behaviour.needs, "focus": behaviour.focus},
        "stage": stage and {"stage": stage.stage, "label": stage.label},
        "tier": tier and {"tier": tier.tier, "label": tier.label, "by": by, "model": tier.model},
        "overdue": tiers.overdue(tier, metrics),
    }
