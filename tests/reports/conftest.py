"""The invented documents and the pages made of them, once for all tests of the folder."""

from __future__ import annotations

from types import ModuleType

import pytest

from holdfast.reports import account_card, flat_page, portfolio_page, quality_page

from . import documents as invented


@pytest.fixture(scope="session")
def documents() -> ModuleType:
    """The module of documents."""
    return invented


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Every page by name."""
    made = {f"account {name}": account_card(build()) for name, build in invented.ACCOUNTS.items()}
    made |= {
        "portfolio": portfolio_page(invented.portfolio()),
        "portfolio hostile": portfolio_page(invented.poisoned(invented.portfolio())),
        "portfolio empty": portfolio_page(invented.empty_portfolio()),
        "quality": quality_page(invented.quality()),
        "quality hostile": quality_page(invented.poisoned(invented.quality())),
        "quality empty": quality_page({"company": "C", "as_of": "2026-03-17", "run": None}),
        "flat": flat_page(invented.flat()),
        "flat hostile": flat_page(invented.poisoned(invented.flat())),
        "flat empty": flat_page({"accounts": []}),
    }
    return made
