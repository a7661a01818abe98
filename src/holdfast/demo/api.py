"""Traffic of the programming interface: one JSON line a subscription, day and endpoint, from the gateway."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .chance import stream
from .files import Folder
from .rhythm import outages
from .timeline import weekday
from .world import World

ENDPOINTS = ("applications.create", "jobs.sync", "candidates.export", "webhooks.deliver")


def write_api(world: World, folder: Folder) -> int:
    """Write one file a quarter; returns the number of lines."""
    total = 0
    months = world.time.months
    for quarter in range(0, len(months), 3):
        first, last = months[quarter][0], months[min(quarter + 2, len(months) - 1)][1]
        lines = _quarter(world, first, last, quarter)
        name = f"exports/gateway/api_traffic_{world.time.month_name(quarter)}.jsonl"
        with folder.path(name).open("wb") as out:
            for line in lines.to_pylist():
                out.write(line.encode())
        folder.rows[name] = len(lines)
        total += len(lines)
    return total


def _quarter(world: World, first: int, last: int, quarter: int) -> pa.Array:
    rng = stream(world.seed, "api", quarter)
    who = np.flatnonzero(world.api > 0)
    days = np.arange(first, last + 1)
    begun = np.maximum(world.signup[who], world.starts[who] - 30) + 20
    alive = (days[None, :] >= begun[:, None]) & (days[None, :] < world.plot.churn[who][:, None])
    level = world.api[who][:, None] * np.where(weekday(days) > 4, 0.6, 1.0)[None, :]
    for begin, end in outages(world):
        level[:, (days >= begin) & (days <= end)] *= 0.2
    calls = rng.poisson(level * np.exp(0.15 * rng.standard_normal(level.shape))) * alive
    at, on = np.nonzero(calls)
    size = len(at)
    order = np.argsort(on, kind="stable")
    at, on = at[order], on[order]
    stamp = (days[on] * 86_400 + rng.integers(0, 86_399, size)) * 1000
    errors = rng.poisson(calls[at, on] * 0.002)
    return pc.binary_join_element_wise(
        '{"ts": ',
        _text(stamp),
        ', "subscription": "ABO-',
        pa.array(world.account_id[who][at], pa.string()),
        '", "endpoint": "',
        pa.array(ENDPOINTS).take(pa.array(rng.integers(0, len(ENDPOINTS), size))),
        '", "calls": ',
        _text(calls[at, on]),
        ', "errors": ',
        _text(errors),
        ', "caller": "',
        pa.array(["Service Account", "Integration"]).take(pa.array((at % 2).astype(np.int8))),
        '"}\n',
        "",
    )


def _text(values: np.ndarray) -> pa.Array:
    return pa.array(values).cast(pa.string())
