"""Pages as self-contained files, and the same documents in the terminal. Both take plain dicts.

The template engine is loaded when a page is made, so that the terminal does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def account_card(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of an account document. ``theme`` fixes light or dark; else the reader's choice holds."""
    from holdfast.reports.pages.account import account_card as made

    return made(document, theme)


def portfolio_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of a portfolio document."""
    from holdfast.reports.pages.portfolio import portfolio_page as made

    return made(document, theme)


def quality_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of a quality document."""
    from holdfast.reports.pages.quality import quality_page as made

    return made(document, theme)


def flat_page(document: Mapping[str, Any], theme: str | None = None) -> str:
    """The page of one scored flat table."""
    from holdfast.reports.pages.flat import flat_page as made

    return made(document, theme)
