"""What every page carries: company, as-of day, run, score chips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.bands import UNKNOWN, band_of, glyph
from holdfast.charts.number import number, percent

from .render import coverage, markup
from .words import clock, day_full


def frame(document: Mapping[str, Any], title: str, crumb: str) -> dict[str, Any]:
    """Title, company, as-of day and run, as the top bar shows them."""
    run = document.get("run") or {}
    believed = document.get("clock") == "believed"
    published = run.get("published_at")
    return {
        "title": title,
        "crumb": crumb,
        "company": document.get("company") or "",
        "as_of": day_full(document.get("as_of")),
        "believed": believed,
        "run_words": f"run {run['id']}" if run.get("id") is not None else "",
        "published": clock(published) if published else "",
    }


def score_words(document: Mapping[str, Any]) -> str:
    """The accessible name of a score.

    >>> score_words({"score": 37.9, "band": "at_risk", "coverage": 0.92, "bounds": {"low": 35.5, "high": 43.5}})
    '38 of 100, at risk, 92 percent of weight has data, range 36 to 44'
    """
    share = document.get("coverage")
    has = "unknown share" if share is None else f"{number(share * 100)} percent"
    score, band = document.get("score"), band_of(document.get("band")).word.lower()
    if score is None:
        return f"No score, {band}, {has} of weight has data"
    return f"{number(score)} of 100, {band}, {has} of weight has data" + range_words(document, ", range ")


def range_words(document: Mapping[str, Any], lead: str = "range ") -> str:
    """The range over the missing inputs, in whole points; empty where it is not known."""
    bounds = document.get("bounds") or document
    if bounds.get("low") is None or bounds.get("high") is None:
        return ""
    return f"{lead}{number(bounds['low'])} to {number(bounds['high'])}"


def chip(document: Mapping[str, Any], large: bool = False) -> dict[str, Any]:
    """Score, band, coverage and glyph, for the template ``_chip.html``."""
    band = band_of(document.get("band") if document.get("score") is not None else UNKNOWN)
    score, share = document.get("score"), document.get("coverage")
    return {
        "glyph": markup(glyph(band.name, 22 if large else 14)),
        "figure": "–" if score is None else number(score),
        "coverage": coverage(share, 56 if large else 46),
        "label": score_words(document),
        "band": band.name,
        "word": band.word,
        "share": "unknown" if share is None else percent(share),
        "large": large,
    }
