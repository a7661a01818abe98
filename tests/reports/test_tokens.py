"""Both themes name the same tokens, and their pairs have the contrast that text and graphics need."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "src/holdfast/reports/static/holdfast.css").read_text(encoding="utf-8")
BANDS = ("thriving", "healthy", "neutral", "at-risk", "critical")


def tokens(start):
    """Colours of the first block after ``start``."""
    block = CSS[CSS.index(start) :]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block[: block.index("}")]))


THEMES = {
    "light": tokens(":root {"),
    "dark": tokens(':root[data-theme="dark"] {'),
    "dark by preference": tokens(':root:not([data-theme="light"]) {'),
}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_defined():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_both_themes_name_the_same_tokens():
    assert len(THEMES["light"]) > 40
    assert set(THEMES["light"]) == set(THEMES["dark"])
    assert THEMES["dark"] == THEMES["dark by preference"]


TEXT = [
    (ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "bg", "sunken", "hover", "accent-bg")
]
TEXT += [("accent", "surface"), ("accent", "bg"), ("btn-ink", "btn"), ("warn-t", "warn-b"), ("ink", "warn-b")]
TEXT += [(f"{band}-t", ground) for band in (*BANDS, "unknown") for ground in ("surface", f"{band}-b")]
TEXT += [("ink-2", "unknown-b")]
GRAPHIC = [(token, "surface") for token in ("line-3", "chart", "bar", "chart-2", "focus", "unknown", *BANDS)]
GRAPHIC += [("on-critical", "critical")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_contrast(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), GRAPHIC)
def test_graphics_have_contrast(theme, shape, ground):
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 2.95


def test_no_rule_below_the_tokens_names_a_colour():
    rules = CSS[CSS.index("/* Ground */") :]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", rules)


def test_every_token_in_use_is_defined(pages):
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    for page in pages.values():
        used |= set(re.findall(r"var\(--([a-z0-9-]+)\)", page))
    assert used <= set(THEMES["light"])


def test_print_is_light_whatever_the_reader_prefers():
    dark = CSS.index(':root[data-theme="dark"]'), CSS.index(':root:not([data-theme="light"])')
    for place in dark:
        head = CSS[:place]
        assert head.rindex("@media screen") > head.rfind("@media print")
    assert "@media print" in CSS


def test_nothing_is_set_smaller_than_eleven_pixels(pages):
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ?([\d.]+)px", CSS)]
    for page in pages.values():
        sizes += [float(size) for size in re.findall(r'font-size="([\d.]+)"', page)]
    assert min(sizes) >= 11
