"""Rendering with Django's template engine alone: no settings, no script, everything escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from holdfast.charts.coverage import CoverageBar

HERE = Path(__file__).parent


@cache
def engine() -> Engine:
    """The engine over the templates of this package."""
    return Engine(dirs=[str(HERE / "templates")])


@cache
def stylesheet() -> SafeString:
    """The design system as text, for the one style element of a page."""
    return mark_safe((HERE / "static" / "holdfast.css").read_text(encoding="utf-8"))  # noqa: S308 our own file


def svg(chart: Any) -> SafeString:
    """The picture of a chart, safe because charts escape every text they draw."""
    return markup(chart.svg())


def markup(drawn: str) -> SafeString:
    """A picture that a function of ``charts`` drew."""
    return mark_safe(drawn)  # noqa: S308 charts escape every text


def figure(chart: Any, narrow: Any = None, caption: str = "") -> dict[str, Any]:
    """A chart with its table, for the template ``_figure.html``."""
    table = chart.table()
    return {
        "wide": svg(chart),
        "narrow": None if narrow is None else svg(narrow),
        "caption": caption,
        "table": table,
        "rows": _rows(table.rows),
    }


def _rows(rows: Sequence[Sequence[str]]) -> SafeString:
    """The body of a table: hundreds of cells, for which a loop in a template takes ten times as long."""
    return format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows))


def _cells(row: Sequence[str]) -> SafeString:
    first, *rest = row
    return mark_safe("".join([  # noqa: S308 each cell is escaped
        f'<th scope="row">{escape(first)}</th>', *(f'<td class="num">{escape(cell)}</td>' for cell in rest)]))


def coverage(share: float | None, width: float = 46.0) -> SafeString:
    """The coverage bar beside a score whose accessible name already says the share."""
    return svg(CoverageBar(share, width))


def page(template: str, context: Mapping[str, Any]) -> str:
    """A whole page from a flat context."""
    values = {"css": stylesheet(), **context}
    return (
        engine()
        .get_template(f"holdfast/{template}")
        .render(Context(values, autoescape=True, use_l10n=False, use_tz=False))
    )
