"""Colours of bands: configuration, with a default for the bands of the dial health."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.definitions.scorecard import Scorecard

DEFAULT: Mapping[str, str] = {
    "thriving": "green",
    "healthy": "green",
    "neutral": "yellow",
    "at_risk": "red",
    "critical": "red",
}


def color(card: Scorecard | None, band: str) -> str:
    """Colour of a band in a scorecard; none for too little data and for bands without a colour.

    >>> color(None, "healthy"), color(None, "not_enough_data")
    ('green', 'none')
    """
    own: Mapping[str, str] = dict(card.colors) if card is not None else {}
    return own.get(band) or DEFAULT.get(band, "none")
