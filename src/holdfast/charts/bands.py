"""The six bands: order, words, tokens, glyphs. The glyph belongs to the rank."""

from __future__ import annotations

from dataclasses import dataclass

from .svg import element, picture, var

UNKNOWN = "not_enough_data"


@dataclass(frozen=True)
class Band:
    """A band: name in documents, word for people, token (``--band-t`` is its text, ``--band-b`` its tint)."""

    name: str
    word: str
    token: str
    sign: str

    @property
    def ink(self) -> str:
        """The token of its text."""
        return f"{self.token}-t" if self.name in BY_NAME else self.token


BANDS: tuple[Band, ...] = (
    Band("thriving", "Thriving", "thriving", "◉"),
    Band("healthy", "Healthy", "healthy", "●"),
    Band("neutral", "Neutral", "neutral", "■"),
    Band("at_risk", "At risk", "at-risk", "▲"),
    Band("critical", "Critical", "critical", "⬣"),
    Band(UNKNOWN, "Not enough data", "unknown", "◌"),
)
BY_NAME = {band.name: band for band in BANDS}
CUTS: tuple[tuple[str, float], ...] = (
    ("thriving", 85.0),
    ("healthy", 70.0),
    ("neutral", 50.0),
    ("at_risk", 30.0),
    ("critical", 0.0),
)


def band_of(name: str | None) -> Band:
    """The band of a name. A name of another dial keeps its words and has no colour of its own.

    >>> band_of("at_risk").word, band_of("tech_touch").word, band_of(None).word
    ('At risk', 'Tech touch', 'Not enough data')
    """
    if name is None:
        return BY_NAME[UNKNOWN]
    known = BY_NAME.get(name)
    return known or Band(name, name.replace("_", " ").capitalize(), "ink-3", "·")


def glyph_shape(name: str | None, x: float, y: float, size: float = 12.0) -> str:
    """The shape of a band around a centre: ring, circle, square, triangle, octagon, dashed ring."""
    band = band_of(name)
    fill, r = var(band.token), size / 2
    if band.name == "thriving":
        ring = element("circle", cx=x, cy=y, r=r - 1, fill="none", stroke=fill, stroke_width=1.6)
        return ring + element("circle", cx=x, cy=y, r=r * 0.45, fill=fill)
    if band.name == "healthy":
        return element("circle", cx=x, cy=y, r=r * 0.84, fill=fill)
    if band.name == "neutral":
        side = size * 0.78
        return element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=1.5, fill=fill)
    if band.name == "at_risk":
        top, base = y - r * 0.9, y + r * 0.82
        return element(
            "path",
            d=f"M{x:.2f} {top:.2f}L{x + r:.2f} {base:.2f}H{x - r:.2f}Z",
            fill=fill,
            stroke=fill,
            stroke_width=1.2,
            stroke_linejoin="round",
        )
    if band.name == "critical":
        return _octagon(x, y, r, fill)
    if band.name == UNKNOWN:
        ink = var("unknown-t")
        return element(
            "circle",
            cx=x,
            cy=y,
            r=r - 1,
            fill="none",
            stroke=ink,
            stroke_width=1.5,
            stroke_dasharray="2.2 1.9",
        )
    return element("circle", cx=x, cy=y, r=r * 0.5, fill=fill)


def _octagon(x: float, y: float, r: float, fill: str) -> str:
    c = r * 0.414
    points = [(-c, -r), (c, -r), (r, -c), (r, c), (c, r), (-c, r), (-r, c), (-r, -c)]
    shape = element("polygon", points=" ".join(f"{x + a:.2f},{y + b:.2f}" for a, b in points), fill=fill)
    mark = element(
        "path",
        d=f"M{x:.2f} {y - r * 0.55:.2f}V{y + r * 0.12:.2f}",
        stroke=var("on-critical"),
        stroke_width=r * 0.3,
        stroke_linecap="round",
    )
    return shape + mark + element("circle", cx=x, cy=y + r * 0.52, r=r * 0.17, fill=var("on-critical"))


def glyph(name: str | None, size: float = 14.0, alone: bool = False) -> str:
    """The glyph as a picture. ``alone`` where no word stands beside it.

    >>> "aria-hidden" in glyph("critical"), "Critical" in glyph("critical", alone=True)
    (True, True)
    """
    shape = glyph_shape(name, size / 2, size / 2, size - 1)
    return picture(size, size, "Band", band_of(name).word, shape, "glyph", hidden=not alone)
