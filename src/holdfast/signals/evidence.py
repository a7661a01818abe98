"""The numbers behind findings, as they stood when they opened and when they last held."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.name_kinds import account_kinds
from holdfast.definitions.signal import Signal
from holdfast.lake import Engine

from .texts import names_in
from .values import KEYS

Values = Callable[[ir.Table, Sequence[str]], ir.Table]
"""The named values of the accounts and days of a table, as ``values.values`` gives them."""
ORDER = ("account_id", "signal", "opened_on", "as_of", "name")


def evidence_names(one: Signal, signals: Mapping[str, Signal]) -> list[str]:
    """What a finding rests on: its metric and the names of its condition and text; of signals, their metrics.

    Columns of the account that are no numbers are left out.
    """
    kinds = account_kinds(())
    found = one.when.names | names_in(one.evidence) | ({one.metric} if one.metric else set())
    for name in sorted(found & signals.keys()):
        other = signals[name].metric
        found |= {other} if other else set()
    return sorted(n for n in found - signals.keys() - set(one.thresholds) if kinds.get(n, "number") == "number")


def evidence(engine: Engine, findings: ir.Table, values: Values, signals: Mapping[str, Signal]) -> ir.Table:
    """(account_id, signal, opened_on, as_of, name, value) for the opening and the last day of each finding."""
    pairs = [(one.signal, name) for one in signals.values() for name in evidence_names(one, signals)]
    names = sorted({name for _, name in pairs})
    wanted = engine.frame(pa.table({"of_signal": [s for s, _ in pairs], "name": [n for _, n in pairs]}))
    looks = ibis.union(*(
        findings.select("account_id", "signal", "opened_on", as_of=findings[day]) for day in ("opened_on", "last_on")
    ), distinct=True)
    looks = engine.cache(looks)
    found = values(engine.cache(looks.select(*KEYS).distinct()), names)
    picked = found.select(*KEYS, **{n: found[n].cast("float64") for n in names})
    numbers = engine.cache(picked).pivot_longer(names, names_to="name", values_to="value")
    numbers = numbers.filter(numbers.value.notnull()).rename(of_account="account_id", of_day="as_of", of_name="name")
    rows = looks.join(wanted, looks.signal == wanted.of_signal).drop("of_signal")
    rows = rows.join(numbers, [
        rows.account_id == numbers.of_account, rows.as_of == numbers.of_day, rows.name == numbers.of_name])
    return rows.select("account_id", "signal", "opened_on", "as_of", "name", "value").order_by(list(ORDER))
