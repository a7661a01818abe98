"""What codes come to over stored days, against the same rules walked day by day by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa
import pytest

from holdfast.lake import Engine, duckdb_engine
from holdfast.signals.codes import ENDS, UNKNOWN
from holdfast.signals.over_time import AT_ONCE, changed, over_time, said

from .frames import one_signal, sundays

WAIT = 14
ANY = (ENDS, UNKNOWN, 1, 3, 5)
KINDS: dict[str, tuple[int, ...]] = {
    "mixed": ANY, "waits": ANY, "known": (ENDS, 2), "never_told": (UNKNOWN,), "never_holds": (ENDS, UNKNOWN),
    "waits_in_vain": (ENDS, UNKNOWN), "waits_and_is_known": (ENDS, 3), "always": (4,),
}
SIGNALS = [one_signal(signal=name, **({"holds_for": f"{WAIT}d"} if name.startswith("waits") else {})) for name in KINDS]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return duckdb_engine(threads=1)


def days_of_accounts(seed: int) -> list[dict[str, Any]]:
    """Random codes of 30 accounts, which miss some of the 12 stored Sundays."""
    luck = random.Random(seed)
    rows = []
    for number in range(30):
        for day in sundays(12):
            if luck.random() < 0.9:
                codes = {name: luck.choice(kinds) for name, kinds in KINDS.items()}
                waits = {f"on_{n}": codes[n] > 0 or luck.random() < 0.3 for n in codes if n.startswith("waits")}
                rows.append({"account_id": f"a{number}", "as_of": day,
                             **{f"code_{n}": code for n, code in codes.items()}, **waits})
    luck.shuffle(rows)
    return rows


def table(engine: Engine, rows: list[dict[str, Any]]) -> Any:
    kinds = {"account_id": pa.string(), "as_of": pa.date32()}
    kinds |= {n: pa.int8() if n.startswith("code_") else pa.bool_() for n in rows[0] if n not in kinds}
    return engine.frame(pa.Table.from_pylist(rows, pa.schema(kinds)))


def by_hand(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with the codes as they are after waiting, and whether each signal holds."""
    found = []
    for account in sorted({row["account_id"] for row in rows}):
        held: dict[str, bool | None] = dict.fromkeys(KINDS)
        since: dict[str, date | None] = dict.fromkeys(KINDS)
        for row in sorted((r for r in rows if r["account_id"] == account), key=lambda r: r["as_of"]):
            codes = {name: row[f"code_{name}"] for name in KINDS}
            for name in (n for n in KINDS if n.startswith("waits")):
                on = row[f"on_{name}"]
                since[name] = (since[name] or row["as_of"]) if on else None
                start = since[name]
                if codes[name] > 0 and (start is None or row["as_of"] - start < timedelta(days=WAIT)):
                    codes[name] = UNKNOWN
            held |= {name: code > 0 for name, code in codes.items() if code != UNKNOWN}
            found.append({"account_id": account, "as_of": row["as_of"], **held,
                          **{f"code_{n}": code for n, code in codes.items()}})
    return found


@pytest.mark.parametrize("seed", range(4))
def test_waits_and_states_are_those_walked_by_hand(engine: Engine, seed: int) -> None:
    rows = days_of_accounts(seed)
    settled = over_time(engine)(table(engine, rows), SIGNALS, list(KINDS))
    columns = ["account_id", "as_of", *KINDS, *(f"code_{n}" for n in KINDS)]
    found = engine.arrow(settled.select(*columns).order_by(["account_id", "as_of"])).to_pylist()
    assert found == [{name: row[name] for name in columns} for row in by_hand(rows)]


@pytest.mark.parametrize("seed", range(2))
def test_rows_on_which_a_code_changed(engine: Engine, seed: int) -> None:
    more = [f"code_{n}" for n in range(2 * AT_ONCE)]
    rows = [{**row, **dict.fromkeys(more, ENDS)} for row in days_of_accounts(seed)]
    for row in rows:
        row |= {f"code_{name}": 5 if name == "mixed" and row["as_of"].month > 1 else ENDS for name in KINDS}
        row[more[0]], row[more[1]] = (1, 2) if row["as_of"].day > 20 else (2, 1)
        row[more[-1]] = UNKNOWN if row["as_of"].month > 2 else 1
    names = [n for n in rows[0] if n.startswith("code_")]
    kept = engine.arrow(changed(table(engine, rows).select("account_id", "as_of", *names), names)).to_pylist()
    wanted = []
    before: dict[str, list[int]] = {}
    for row in sorted(rows, key=lambda r: (r["account_id"], r["as_of"])):
        codes = [row[n] for n in names]
        if before.get(row["account_id"]) != codes:
            wanted.append((row["account_id"], row["as_of"]))
        before[row["account_id"]] = codes
    assert len(wanted) < len(rows)
    assert sorted((r["account_id"], r["as_of"]) for r in kept) == wanted


def test_a_table_without_rows_says_nothing(engine: Engine) -> None:
    empty = table(engine, days_of_accounts(0)).filter(False)
    assert set(said(engine, empty, ["code_mixed", "code_always"]).values()) == {(UNKNOWN, UNKNOWN, True)}


def test_many_codes_that_are_plain_numbers_are_compared_as_one() -> None:
    engine = duckdb_engine(threads=1)
    days = engine.frame(pa.table({"account_id": ["a", "a"], "as_of": [date(2026, 6, 7), date(2026, 6, 14)]}))
    names = [f"s{number}" for number in range(15)]
    codes = days.mutate(**{name: ibis.literal(3, "int64") for name in names})
    assert engine.arrow(changed(codes, names))["as_of"].to_pylist() == [date(2026, 6, 7)]
