"""The invented documents and the pages made of them, once for all tests of the folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from holdfast.reports import account_card, flat_page, portfolio_page, quality_page


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reports_{name}", Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOCUMENTS = _load("documents")


@pytest.fixture(scope="session")
def documents() -> ModuleType:
    """The module of documents."""
    return DOCUMENTS


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Every page by name."""
    made = {f"account {name}": account_card(build()) for name, build in DOCUMENTS.ACCOUNTS.items()}
    made |= {
        "portfolio": portfolio_page(DOCUMENTS.portfolio()),
        "portfolio hostile": portfolio_page(DOCUMENTS.poisoned(DOCUMENTS.portfolio())),
        "portfolio empty": portfolio_page(DOCUMENTS.empty_portfolio()),
        "quality": quality_page(DOCUMENTS.quality()),
        "quality hostile": quality_page(DOCUMENTS.poisoned(DOCUMENTS.quality())),
        "quality empty": quality_page({"company": "C", "as_of": "2026-03-17", "run": None}),
        "flat": flat_page(DOCUMENTS.flat()),
        "flat hostile": flat_page(DOCUMENTS.poisoned(DOCUMENTS.flat())),
        "flat empty": flat_page({"accounts": []}),
    }
    return made
