"""The definitions of the demo company load, fit its exports, and reach every type of record."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.definitions.load import check, load
from holdfast.definitions.source import ColumnMap, Source
from holdfast.demo import write_demo
from holdfast.ingest.source_rows import open_source_file
from holdfast.records import RECORDS

from .conftest import Company


def _wanted(source: Source) -> set[str]:
    maps = [m for record in source.records for m in record.columns.values()]
    maps += [m for m in (source.effective_at,) if m is not None]
    return {name for m in maps for name in _columns(m)}


def _columns(map: ColumnMap) -> set[str]:
    names = {map.column} if map.column else set()
    names |= {map.lookup.from_} if map.lookup else set()
    return names | (set(map.expression.names) if map.expression else set())


def test_the_scorecards_of_the_company_are_active(company: Company) -> None:
    cards = load(company.folder).scorecards
    assert set(cards) == {"health", "new_customer", "value_hiring", "tier", "pulse", "stakeholder"}
    assert cards["health"].extends == "balanced"
    assert cards["value_hiring"].extends == "value_recruiting"


def test_every_dial_measures_every_account(company: Company) -> None:
    cards = load(company.folder).scorecards.values()
    assert {c.dial for c in cards if c.applies.when is None} == {"health", "value", "tier", "pulse", "stakeholder"}


def test_no_finding_at_all(company: Company) -> None:
    assert check(company.folder) == []


def test_every_record_type_has_a_source_with_rows(company: Company) -> None:
    definitions = load(company.folder)
    seen = {r.record for s in definitions.sources.values() for r in s.records}
    assert seen == set(RECORDS)
    assert min(company.summary.rows.values()) > 10


def test_every_mapped_column_stands_in_the_export(company: Company) -> None:
    for source in load(company.folder).sources.values():
        assert source.files is not None
        for path in sorted(company.folder.glob(source.files)):
            with open_source_file(source, path) as rows:
                columns = set(rows.columns)
                for chunk in rows.chunks:
                    columns |= set(chunk.table.schema.names)
            assert _wanted(source) <= columns, (source.source, _wanted(source) - columns)


@pytest.mark.parametrize(("accounts", "months"), [(20, 18), (30, 1), (60, 3)])
def test_small_companies_have_definitions_that_load(tmp_path: Path, accounts: int, months: int) -> None:
    summary = write_demo(tmp_path, accounts=accounts, months=months, seed=2)
    definitions = load(tmp_path)
    assert summary.events > 0
    for source in definitions.sources.values():
        assert source.files is not None
        assert sorted(tmp_path.glob(source.files)), source.source
