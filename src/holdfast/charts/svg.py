"""Building SVG: one element, one picture, one hatch. Colours are names of CSS custom properties."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from .number import plain


@lru_cache(maxsize=4096)
def _escaped(words: str) -> str:
    return escape(plain(words), quote=True)


@lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        shown = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if shown == "-0" else shown
    return str(value) if isinstance(value, int) else _escaped(str(value))


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element; ``stroke_width`` becomes ``stroke-width``; None leaves an attribute out.

    >>> element("rect", x=1.0, stroke_width=2)
    '<rect x="1" stroke-width="2"/>'
    """
    pairs = "".join([f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None])
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def var(token: str) -> str:
    """A colour by the name of its token.

    >>> var("chart-2")
    'var(--chart-2)'
    """
    return f"var(--{token})"


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A label: 11 px in ``--ink-3`` unless said otherwise. The words are escaped."""
    given: dict[str, object] = {"font_size": 11, "fill": var("ink-3")}
    return element("text", escape(plain(words)), x=float(x), y=float(y), **(given | attributes))


def line(x1: float, y1: float, x2: float, y2: float, token: str, **attributes: object) -> str:
    """A straight line in the colour of a token."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), stroke=var(token), **attributes)


def rect(x: float, y: float, width: float, height: float, token: str, **attributes: object) -> str:
    """A filled rectangle in the colour of a token."""
    sizes = {"x": float(x), "y": float(y), "width": max(float(width), 0.0), "height": max(float(height), 0.0)}
    return element("rect", **sizes, fill=var(token), **attributes)


def hatch(
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str = "line-3",
    step: float = 5.0,
    border: bool = False,
) -> str:
    """Diagonal lines clipped to a rectangle: the sign of what is not known. Needs no pattern and no id."""
    if width <= 0 or height <= 0:
        return ""
    moves = []
    offset = step / 2
    while offset < width + height:
        x1, y1 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
        x2, y2 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
        moves.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        offset += step
    lines = element("path", d="".join(moves), stroke=var(colour), stroke_width=1.0, fill="none")
    if border:
        lines += element(
            "rect",
            x=x + 0.5,
            y=y + 0.5,
            width=max(width - 1, 0.5),
            height=max(height - 1, 0.5),
            rx=1,
            fill="none",
            stroke=var(colour),
        )
    return lines


def picture(width: float, height: float, title: str, finding: str, body: str, kind: str, hidden: bool = False) -> str:
    """The whole picture with its text alternative; ``hidden`` where the words beside it already say it.

    A ``kind`` with the word ``stretched`` fills the width of its place and keeps its height.
    """
    if hidden:
        head, access = "", {"aria_hidden": "true", "focusable": "false"}
    else:
        head = f"<title>{escape(plain(title))}</title><desc>{escape(plain(finding))}</desc>"
        access = {"role": "img", "aria_label": f"{plain(title)}. {plain(finding)}"}
    return element(
        "svg",
        head + body,
        class_=f"chart {kind}",
        viewBox=f"0 0 {_value(float(width))} {_value(float(height))}",
        width=float(width),
        height=float(height),
        preserveAspectRatio="none" if "stretched" in kind else None,
        **access,
    )
