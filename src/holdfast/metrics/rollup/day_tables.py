"""The tables that event metrics are computed from: account-days, and user-days where users are told apart."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.metrics.derivation import Context

from .needed_days import Cut
from .needs import USERS, all_columns, needs
from .rollups import Rollups


def day_tables(
    at: Context, rollups: Rollups, metrics: Sequence[Metric], looked_back: Cut | None
) -> tuple[ir.Table, ir.Table | None]:
    """Account-days with what metrics of accounts read, few of it before the cut, and with ``users_n`` for each count
    ``n`` of which users are counted; user-days for metrics that tell users apart, None without any."""
    features = at.definitions.features
    counted = [m for m in metrics if m.distinct is not None and m.distinct.of in USERS]
    single = [m for m in metrics if m.users is not None or m.detector is not None]
    names = sorted({needs(m)[0].name for m in counted})
    rollups.prepare(all_columns(features, metrics))
    of_accounts = all_columns(features, [m for m in metrics if m not in single])
    accounts = rollups.account_days(of_accounts, names, looked_back)
    users = rollups.user_days(all_columns(features, [*counted, *single])) if counted or single else None
    rollups.release()
    return (_with_users(at, accounts, users, names) if users is not None and names else accounts), users


def _with_users(at: Context, accounts: ir.Table, users: ir.Table, names: Sequence[str]) -> ir.Table:
    engine, known = at.snapshot.engine, users.user_key.notnull()
    active = users.group_by("account_id", "day").aggregate(**{
        f"users_{n}": (known & (users[n] > 0)).cast("int64").sum().cast("int64") for n in names})
    beside = engine.cache(accounts.left_join(active, ["account_id", "day"]).select(
        *accounts.columns, *(active[f"users_{n}"].fill_null(0).name(f"users_{n}") for n in names)))
    engine.release(accounts)
    return beside
